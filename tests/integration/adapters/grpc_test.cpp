#include <liveblocks/clerk/client.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "grpc_server.hpp"

using namespace liveblocks_tests;
namespace adapters = liveblocks::adapters;
namespace clerk = liveblocks::clerk;
using grpc::StatusCode;
using liveblocks::testing::ClerkIssuer;
using liveblocks::testing::FakeClerk;
using liveblocks::testing::SessionTokenSpec;

namespace {

constexpr const char* required = "Authentication required";
constexpr const char* unavailable = "Authentication is temporarily unavailable";
constexpr const char* origin = "https://app.example.com";

const ClerkIssuer& issuer() {
  static const ClerkIssuer one;
  return one;
}

SessionTokenSpec spec(const std::string& userId = "user_1") {
  SessionTokenSpec spec;
  spec.userId = userId;
  spec.authorizedParty = origin;
  return spec;
}

std::string bearer(const SessionTokenSpec& spec, const ClerkIssuer& by = issuer()) {
  return "Bearer " + by.sessionToken(spec);
}

clerk::SessionVerifier withPem(std::shared_ptr<const liveblocks::Clock> clock = nullptr) {
  clerk::ClientOptions options;
  options.jwtKey = issuer().publicKeyPem();
  options.publishableKey = issuer().publishableKey();
  options.authorizedParties = {origin};
  options.clock = std::move(clock);
  return clerk::Client(options, nullptr).sessionVerifier();
}

std::shared_ptr<adapters::GrpcSessionGuard> makeGuard(const clerk::SessionVerifier& verifier,
                                                      adapters::GrpcSessionOptions options = {}) {
  return std::make_shared<adapters::GrpcSessionGuard>(verifier, std::move(options));
}

/// Keys from Clerk's Backend API.
clerk::SessionVerifier withKeysOf(const std::shared_ptr<FakeClerk>& fake) {
  clerk::ClientOptions options;
  options.secretKey = fake->secretKey();
  options.publishableKey = fake->issuer().publishableKey();
  return clerk::Client(options, fake).sessionVerifier();
}

class FailingClock : public liveblocks::Clock {
 public:
  std::chrono::system_clock::time_point wall() const override { throw std::runtime_error("no time"); }
  std::chrono::steady_clock::time_point steady() const override { throw std::runtime_error("no time"); }
};

/// Lets every call pass.
class OpenDoor : public grpc::AuthMetadataProcessor {
 public:
  grpc::Status Process(const InputMetadata&, grpc::AuthContext*, OutputMetadata*, OutputMetadata*) override {
    return grpc::Status::OK;
  }
};

struct Config {
  std::string clerkPublishableKey = issuer().publishableKey();
  std::string clerkJwtKey = issuer().publicKeyPem();
};

std::shared_ptr<adapters::GrpcSessionGuard> guardWithHealthChecks(const Config& config) {
  // grpc.md guard: begin
  liveblocks::clerk::ClientOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.jwtKey = config.clerkJwtKey;
  options.authorizedParties = {"https://app.example.com"};

  liveblocks::adapters::GrpcSessionOptions calls;
  calls.publicMethods = {"/grpc.health.v1.Health/Check"};
  auto guard = std::make_shared<liveblocks::adapters::GrpcSessionGuard>(
      liveblocks::clerk::Client(options).sessionVerifier(), calls);
  // grpc.md guard: end
  return guard;
}

void checkRefused(const GrpcServer& server, const std::vector<std::string>& authorization,
                  StatusCode code = StatusCode::UNAUTHENTICATED, const std::string& message = required) {
  const int before = server.calls();
  const Reply reply = server.call(authorization);
  CHECK(reply.status.error_code() == code);
  CHECK(reply.status.error_message() == message);
  CHECK(reply.status.error_details().empty());
  CHECK(server.calls() == before);
}

}  // namespace

TEST_CASE("a call with a valid session gets to its handler, which knows the user") {
  const bool mayBlock = GENERATE(true, false);
  const GrpcServer server(makeGuard(withPem(), {{}, mayBlock}));
  for (const char* scheme : {"Bearer ", "bearer ", "BEARER   "}) {
    const Reply reply = server.call({scheme + issuer().sessionToken(spec("user_ada"))});
    CHECK(reply.status.ok());
    CHECK(reply.text == "user_ada");
  }
  CHECK(server.calls() == 3);
}

TEST_CASE("a call without exactly one valid session gets to no handler") {
  const GrpcServer server(makeGuard(withPem()));
  const std::string good = bearer(spec());

  SECTION("none") { checkRefused(server, {}); }
  SECTION("an empty one") { checkRefused(server, {""}); }
  SECTION("two") {
    checkRefused(server, {good, good});
    checkRefused(server, {good, "Bearer x"});
    checkRefused(server, {"Basic eDp5", good});
  }
  SECTION("two in one") { checkRefused(server, {good + ", " + good}); }
  SECTION("no scheme") { checkRefused(server, {issuer().sessionToken(spec())}); }
  SECTION("another scheme") { checkRefused(server, {"Basic eDp5"}); }
  SECTION("malformed") {
    checkRefused(server, {"Bearer"});
    checkRefused(server, {"Bearer a.b.c"});
    checkRefused(server, {good + "x"});
  }
  SECTION("large") { checkRefused(server, {"Bearer " + std::string(7000, 'x')}); }
  SECTION("expired") {
    SessionTokenSpec expired = spec();
    expired.issuedAt = std::chrono::system_clock::now() - std::chrono::hours(1);
    checkRefused(server, {bearer(expired)});
  }
  SECTION("of another application") {
    SessionTokenSpec foreign = spec();
    foreign.authorizedParty = "https://evil.example";
    checkRefused(server, {bearer(foreign)});
  }
  SECTION("of no application") {
    SessionTokenSpec any = spec();
    any.authorizedParty.clear();
    checkRefused(server, {bearer(any)});
  }
  SECTION("of another instance") { checkRefused(server, {bearer(spec(), ClerkIssuer("clerk.other.example"))}); }
  SECTION("pending") {
    SessionTokenSpec pending = spec();
    pending.status = "pending";
    checkRefused(server, {bearer(pending)});
  }
}

TEST_CASE("calls of several users over one connection are each those of their own user") {
  const GrpcServer server(makeGuard(withPem()));
  constexpr int callsEach = 25;
  std::vector<std::thread> users;
  std::atomic<int> right{0};
  for (const char* user : {"user_ada", "user_grace", "user_alan"}) {
    users.emplace_back([&server, &right, user, token = bearer(spec(user))] {
      for (int i = 0; i < callsEach; ++i) {
        if (server.call({token}).text == user) ++right;
        if (server.call({}).status.error_code() == StatusCode::UNAUTHENTICATED) ++right;
      }
    });
  }
  for (std::thread& user : users) user.join();
  CHECK(right == 3 * 2 * callsEach);
}

TEST_CASE("without keys a client is told to try again") {
  const auto fake = std::make_shared<FakeClerk>(issuer());
  fake->failNext("/v1/jwks", liveblocks::testing::jsonResponse(503, "{}"), 100);
  const GrpcServer server(makeGuard(withKeysOf(fake)));
  checkRefused(server, {bearer(spec())}, StatusCode::UNAVAILABLE, unavailable);
  checkRefused(server, {});
}

TEST_CASE("keys are fetched for the first call, if it may wait") {
  const GrpcServer server(makeGuard(withKeysOf(std::make_shared<FakeClerk>(issuer()))));
  CHECK(server.call({bearer(spec("user_ada"))}).text == "user_ada");
}

TEST_CASE("a guard that may not wait needs keys that somebody has fetched") {
  const auto fake = std::make_shared<FakeClerk>(issuer());
  const clerk::SessionVerifier verifier = withKeysOf(fake);
  const auto guard = makeGuard(verifier, {{}, false});
  CHECK_FALSE(guard->IsBlocking());
  const GrpcServer server(guard);
  checkRefused(server, {bearer(spec())}, StatusCode::UNAVAILABLE, unavailable);
  CHECK(fake->requestCount() == 0);
  REQUIRE(verifier.refreshKeys());
  CHECK(server.call({bearer(spec("user_ada"))}).text == "user_ada");
}

TEST_CASE("an exception within the guard lets no call pass") {
  const GrpcServer server(makeGuard(withPem(std::make_shared<FailingClock>())));
  checkRefused(server, {bearer(spec())}, StatusCode::UNAVAILABLE, unavailable);
}

TEST_CASE("public methods need no session, in no other spelling") {
  const GrpcServer server(guardWithHealthChecks({}));
  // The handler asks for a session, and is the one that ends the call.
  CHECK(server.call({}, "/grpc.health.v1.Health/Check").status.error_message() == required);
  CHECK(server.calls() == 1);
  CHECK(server.call({bearer(spec("user_ada"))}, "/grpc.health.v1.Health/Check").text == "user_ada");
  for (const char* other :
       {"/grpc.health.v1.Health/Watch", "/grpc.health.v1.Health/Check/", "/grpc.health.v1.health/Check",
        "//grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Check?x", "/grpc.health.v1.Health%2FCheck"}) {
    CAPTURE(other);
    CHECK(server.call({}, other).status.error_code() == StatusCode::UNAUTHENTICATED);
  }
  CHECK(server.calls() == 2);
}

TEST_CASE("a public method must be a path of a method") {
  for (const char* method : {"", "/", "Check", "/Health", "/Health/", "//Check", "Health/Check", "/a/b/c"}) {
    CAPTURE(method);
    CHECK_THROWS_AS(makeGuard(withPem(), {{method}, true}), std::invalid_argument);
  }
}

TEST_CASE("a handler learns of no user without the guard either") {
  const GrpcServer server(makeGuard(withPem()), std::make_shared<OpenDoor>());
  CHECK(server.call({}).status.error_code() == StatusCode::UNAUTHENTICATED);
  CHECK(server.call({"Bearer x"}).status.error_code() == StatusCode::UNAUTHENTICATED);
  CHECK(server.call({bearer(spec("user_ada"))}).text == "user_ada");
  CHECK(server.calls() == 3);
}
