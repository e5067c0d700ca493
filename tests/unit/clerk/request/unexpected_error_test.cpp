// Unexpected exceptions are logged before they become the reason `unexpected-error` or the error `Errc::internal`.

#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <new>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

/// Throws when the time is read.
class ThrowingClock : public Clock {
 public:
  using Throw = void (*)();

  explicit ThrowingClock(Throw function) : throw_(function) {}

  std::chrono::system_clock::time_point wall() const override {
    throw_();
    return {};
  }

  std::chrono::steady_clock::time_point steady() const override {
    throw_();
    return {};
  }

 private:
  Throw throw_;
};

struct Fixture : RequestFixture {
  Fixture() {
    setBearer(token());
    options.log = [this](LogLevel level, std::string_view message) {
      levels.push_back(level);
      lines.emplace_back(message);
    };
  }

  void throwWith(ThrowingClock::Throw function) { options.clock = std::make_shared<ThrowingClock>(function); }

  clerk::SessionVerifier verifier() const {
    clerk::SessionVerifierOptions result;
    result.clock = options.clock;
    result.log = options.log;
    return clerk::SessionVerifier(clerk::KeySource::pem(issuer->publicKeyPem()), result);
  }

  clerk::Users users(std::chrono::seconds cacheTtl) const {
    clerk::UsersOptions result;
    result.secretKey = "sk_test_abc";
    result.retry = false;
    result.cacheTtl = cacheTtl;
    result.clock = options.clock;
    result.log = options.log;
    return clerk::Users(result, transport);
  }

  Result<clerk::SessionClaims> verify() const {
    return form.run<Result<clerk::SessionClaims>>([&] { return verifier().verify(token()); },
                                                  [&](auto done) { verifier().verifyAsync(token(), done); });
  }

  Result<clerk::User> getUser(const clerk::Users& from) const {
    return form.run<Result<clerk::User>>([&] { return from.get("user_1"); },
                                         [&](auto done) { from.getAsync("user_1", done); });
  }

  /// Checks that there is one line, and returns it.
  std::string onlyLine() const {
    REQUIRE(lines.size() == 1);
    CHECK(levels.front() == LogLevel::error);
    return lines.front();
  }

  std::vector<LogLevel> levels;
  std::vector<std::string> lines;
};

void throwSecrets() { throw std::runtime_error("sk_live_0123456789abcdef and Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln\n"); }

void checkHasNoSecrets(const std::string& line) {
  for (const char* secret : {"0123456789abcdef", "eyJhbGciOiJSUzI1NiJ9.e30", "c2ln", "\n"}) {
    CHECK(line.find(secret) == std::string::npos);
  }
}

bool startsWith(const std::string& line, std::string_view prefix) {
  return line.compare(0, prefix.size(), prefix) == 0;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "an unexpected exception is logged without credentials, and signs out") {
  throwWith(throwSecrets);
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out unexpected-error");
  REQUIRE(state.error());
  CHECK(state.error()->code == Errc::internal);
  const std::string line = onlyLine();
  CHECK(startsWith(line, "a request could not be authenticated: unexpected exception: "));
  checkHasNoSecrets(line);
}

TEST_CASE_METHOD(Fixture, "an exception of any type is logged") {
  throwWith([] { throw 1; });
  CHECK(outcome() == "out unexpected-error");
  CHECK(onlyLine().find("not a std::exception") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "an exception without a text is logged") {
  struct Silent : std::exception {
    const char* what() const noexcept override { return nullptr; }
  };
  throwWith([] { throw Silent(); });
  CHECK(outcome() == "out unexpected-error");
  CHECK(onlyLine().find("an exception without a text") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a lack of memory is thrown, or signs out if there is nobody to throw it to") {
  throwWith([] { throw std::bad_alloc(); });
  if (!form.isAsync()) {
    CHECK_THROWS_AS(authenticate(), std::bad_alloc);
    return;
  }
  CHECK(outcome() == "out unexpected-error");
  CHECK(startsWith(onlyLine(), "a request could not be authenticated: unexpected exception: "));
  CHECK(authenticate(clerk::RouteGuard(authenticator())).response->status == 503);
}

TEST_CASE_METHOD(Fixture, "a route guard responds after an unexpected exception") {
  throwWith([] { throw std::runtime_error("broken"); });
  const clerk::RouteGuardResult result = authenticate(clerk::RouteGuard(authenticator()));
  CHECK(outcomeOf(result.state) == "out unexpected-error");
  REQUIRE(result.response);
  CHECK(result.response->status == 503);
  REQUIRE_FALSE(lines.empty());
  CHECK(lines.front().find("unexpected exception: broken") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a session verifier logs an unexpected exception without credentials") {
  throwWith(throwSecrets);
  const auto check = [&](const Result<clerk::SessionClaims>& claims) {
    REQUIRE_FALSE(claims);
    CHECK(claims.error().code == Errc::internal);
    CHECK(claims.error().message == "internal error");
    const std::string line = onlyLine();
    CHECK(startsWith(line, "a session could not be verified: unexpected exception: "));
    checkHasNoSecrets(line);
    lines.clear();
  };
  check(verifier().verify(token()));
  check(verifier().verifyLocally(token()));
  check(verifier().authenticate(request()));
}

TEST_CASE_METHOD(Fixture, "a session verifier logs an exception of any type, and a lack of memory") {
  throwWith([] { throw 1; });
  CHECK(verify().error().code == Errc::internal);
  CHECK(onlyLine().find("not a std::exception") != std::string::npos);
  lines.clear();
  throwWith([] { throw std::bad_alloc(); });
  CHECK(verify().error().code == Errc::internal);
  CHECK(startsWith(onlyLine(), "a session could not be verified: unexpected exception: "));
}

TEST_CASE_METHOD(Fixture, "a session verifier without a log, or with one that throws, returns the error") {
  throwWith([] { throw 1; });
  options.log = nullptr;
  CHECK(verify().error().code == Errc::internal);
  options.log = [](LogLevel, std::string_view) { throw 2; };
  CHECK(verify().error().code == Errc::internal);
}

TEST_CASE_METHOD(Fixture, "looking up a user logs an unexpected exception without credentials") {
  throwWith(throwSecrets);
  transport->pushJson(404, "{}");
  const Result<clerk::User> user = getUser(users(std::chrono::seconds(0)));
  REQUIRE_FALSE(user);
  CHECK(user.error().code == Errc::internal);
  CHECK(user.error().message == "internal error");
  const std::string line = onlyLine();
  CHECK(startsWith(line, "a user could not be looked up: unexpected exception: "));
  checkHasNoSecrets(line);
}

TEST_CASE_METHOD(Fixture, "an exception in the cache of users is logged, and does not block the next look-up") {
  static bool isBroken = true;
  throwWith([] {
    if (isBroken) throw std::runtime_error("broken");
  });
  const clerk::Users cached = users(std::chrono::seconds(60));
  isBroken = true;
  CHECK(getUser(cached).error().code == Errc::internal);
  CHECK(onlyLine() == "a user could not be looked up: unexpected exception: broken");
  isBroken = false;
  transport->pushJson(200, R"({"id":"user_1"})");
  CHECK(getUser(cached).value().id == "user_1");
}
