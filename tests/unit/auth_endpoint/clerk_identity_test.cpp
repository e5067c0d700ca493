#include <liveblocks/auth_endpoint.hpp>

#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"
#include "log_lines.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using lb::testing::jsonResponse;

namespace {

const lb::testing::ClerkIssuer& issuer() {
  static const lb::testing::ClerkIssuer made;
  return made;
}

/// Each case is run in both forms.
struct IdentityFixture {
  const liveblocks_tests::Form form = liveblocks_tests::anyForm();
  std::shared_ptr<lb::testing::FakeClerk> fakeClerk = std::make_shared<lb::testing::FakeClerk>(issuer());
  liveblocks_tests::LogLines log;
  clerk::SessionVerifier verifier{clerk::KeySource::pem(issuer().publicKeyPem())};
  lb::Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(8);

  IdentityFixture() { fakeClerk->setScheduler(liveblocks_tests::scheduler()); }

  lb::Result<lb::Caller> identify(const lb::Identify& by, const lb::http::RequestView& request) const {
    if (form == liveblocks_tests::Form::blocking) return by(request, deadline);
    const liveblocks_tests::Outcome<lb::Result<lb::Caller>> outcome;
    by.callAsync(request, {deadline}, outcome.callback());
    liveblocks_tests::runAll();
    return outcome.get();
  }

  lb::Result<lb::Caller> identify(const lb::Identify& by, const lb::testing::SessionTokenSpec& spec = {}) const {
    const std::string authorization = "Bearer " + issuer().sessionToken(spec);
    return identify(by, lb::http::RequestView{"POST", "/", {{"Authorization", authorization}}, "{}"});
  }

  lb::http::Response handle(const lb::AuthEndpoint& endpoint, const lb::http::RequestView& request) const {
    if (form == liveblocks_tests::Form::blocking) return endpoint.handle(request);
    return liveblocks_tests::awaited<lb::http::Response>([&](lb::Callback<lb::http::Response> done) {
      endpoint.handleAsync(lb::http::ReceivedRequest::copyOf(request), std::move(done));
    });
  }

  lb::Identify lookingUp() const { return lookingUp(fakeClerk); }

  lb::Identify lookingUp(std::shared_ptr<lb::http::Transport> clerkApi) const {
    clerk::UsersOptions users;
    users.secretKey = fakeClerk->secretKey();
    users.retry = false;
    return lb::clerkIdentity(verifier, clerk::Users(users, std::move(clerkApi)), log.callback());
  }

  void addAda(const std::string& imageUrl = "https://img.example/a") const {
    lb::testing::FakeUser ada;
    ada.firstName = "Ada";
    ada.imageUrl = imageUrl;
    fakeClerk->addUser(ada);
  }
};

// auth-endpoint.md groups: begin
liveblocks::Identify withOrganizationAsGroup(const liveblocks::Identify& identify) {
  return identify.then([](liveblocks::Caller caller) {
    if (const auto organization = caller.clerk->organization()) caller.groupIds = {organization->id};
    return caller;
  });
}
// auth-endpoint.md groups: end

}  // namespace

TEST_CASE_METHOD(IdentityFixture, "a caller has the name and the image of the Clerk user") {
  const auto [user, userInfo] = GENERATE(table<lb::testing::FakeUser, std::string>({
      {{"user_1", "Ada", "Lovelace", "ada"}, R"({"name":"Ada Lovelace","avatar":"https://img.clerk.com/preview.png"})"},
      {{"user_1", "", "", "ada"}, R"({"name":"ada","avatar":"https://img.clerk.com/preview.png"})"},
      {{"user_1", "", "", "", "", ""}, R"({"name":"user_1"})"},
  }));
  fakeClerk->addUser(user);
  lb::testing::SessionTokenSpec spec;
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {}};
  const lb::Result<lb::Caller> caller = identify(lookingUp(), spec);
  REQUIRE(caller);
  CHECK(caller->userId == "user_1");
  CHECK(caller->options.userInfo.value().text() == userInfo);
  CHECK_FALSE(caller->options.organizationId);
  CHECK(caller->clerk.value().organization().value().id == "org_1");
  CHECK(fakeClerk->requests().at(0).url == "https://api.clerk.com/v1/users/user_1");
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(IdentityFixture, "a caller whose user cannot be fetched has the id as name") {
  const lb::Result<lb::http::Response> answer = GENERATE(
      values<lb::Result<lb::http::Response>>({lb::Error{lb::Errc::timeout, "too late"}, jsonResponse(500, "{}"),
                                              jsonResponse(401, "{}"), jsonResponse(200, R"({"id":"user_2"})")}));
  fakeClerk->failNext("/v1/users/", answer);
  const lb::Result<lb::Caller> caller = identify(lookingUp());
  REQUIRE(caller);
  CHECK(caller->options.userInfo.value().text() == R"({"name":"user_1"})");
  REQUIRE(log.lines->size() == 1);
  CHECK_THAT(
      log.lines->front().second,
      Catch::Matchers::StartsWith("the user of a caller cannot be fetched, so the user id is used as the name: "));
}

TEST_CASE_METHOD(IdentityFixture, "a caller whom Clerk does not know has no session") {
  const lb::Result<lb::Caller> caller = identify(lookingUp());
  REQUIRE_FALSE(caller);
  CHECK(caller.error().code == lb::Errc::noToken);
}

TEST_CASE_METHOD(IdentityFixture, "nothing is looked up without a secret key") {
  const lb::Identify by = GENERATE_COPY(
      values<lb::Identify>({lb::clerkIdentity(verifier), lb::clerkIdentity(verifier, lb::Secret(), fakeClerk)}));
  const lb::Result<lb::Caller> caller = identify(by);
  REQUIRE(caller);
  CHECK(caller->options.userInfo.value().text() == R"({"name":"user_1"})");
  CHECK(fakeClerk->requestCount() == 0);
}

TEST_CASE_METHOD(IdentityFixture, "a missing secret key is logged once, at construction") {
  const lb::Identify by = lb::clerkIdentity(verifier, lb::Secret(""), fakeClerk, log.callback());
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::warning);
  CHECK_THAT(log.lines->front().second, liveblocks_tests::ContainsSubstring("CLERK_SECRET_KEY"));
  CHECK(identify(by));
  CHECK(log.lines->size() == 1);
}

TEST_CASE_METHOD(IdentityFixture, "nothing is logged at construction without users or with a key") {
  lb::clerkIdentity(verifier, std::nullopt, log.callback());
  lb::clerkIdentity(verifier, fakeClerk->secretKey(), fakeClerk, log.callback());
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(IdentityFixture, "a log that throws does not prevent the construction of an identity") {
  const auto throwing = [](lb::LogLevel, std::string_view) { throw std::runtime_error("the disk is full"); };
  CHECK(identify(lb::clerkIdentity(verifier, lb::Secret(), fakeClerk, throwing)));
}

TEST_CASE_METHOD(IdentityFixture, "a secret key alone suffices to look up users") {
  addAda("");
  const lb::Result<lb::Caller> caller = identify(lb::clerkIdentity(verifier, fakeClerk->secretKey(), fakeClerk));
  REQUIRE(caller);
  CHECK(caller->options.userInfo.value().text() == R"({"name":"Ada"})");
}

TEST_CASE_METHOD(IdentityFixture, "the look-up leaves time for the rest of the request") {
  lb::Deadline seen;
  const auto clerkApi = std::make_shared<lb::testing::FakeTransport>();
  clerkApi->setScheduler(liveblocks_tests::scheduler());
  clerkApi->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    seen = call.deadline;
    return jsonResponse(200, R"({"id":"user_1"})");
  });
  CHECK(identify(lookingUp(clerkApi)));
  CHECK(seen <= std::chrono::steady_clock::now() + std::chrono::seconds(2));
  deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  CHECK(identify(lookingUp(clerkApi)));
  CHECK(seen == deadline);
}

TEST_CASE_METHOD(IdentityFixture, "a bad session is refused before anything is looked up") {
  lb::testing::SessionTokenSpec expired;
  expired.issuedAt = std::chrono::system_clock::now() - std::chrono::hours(1);
  CHECK(identify(lookingUp(), expired).error().code == lb::Errc::expired);
  const lb::http::RequestView withoutToken{"POST", "/", {}, "{}"};
  CHECK(identify(lookingUp(), withoutToken).error().code == lb::Errc::noToken);
  CHECK(fakeClerk->requestCount() == 0);
}

TEST_CASE_METHOD(IdentityFixture, "a Clerk session opens a room") {
  addAda();
  auto liveblocks = std::make_shared<lb::testing::FakeTransport>();
  liveblocks->setScheduler(liveblocks_tests::scheduler());
  liveblocks->pushJson(200, R"({"token":"a.b.c"})");
  const auto decide = [](const lb::Caller& caller, const std::optional<std::string>& room) {
    if (caller.clerk->userId() != "user_1") return lb::Decision::refuse("not your task");
    return lb::Decision().allow(room.value(), lb::FULL_ACCESS);
  };
  const lb::AuthEndpoint endpoint(lb::Liveblocks({"sk_x"}, liveblocks), lookingUp(), decide);
  const std::string cookie = "__session=" + issuer().sessionToken();
  const lb::http::Response answer =
      handle(endpoint, {"POST", "/api/liveblocks-auth", {{"Cookie", cookie}}, R"({"room":"1"})"});
  CHECK(answer.status == 200);
  CHECK(liveblocks->requests().at(0).body == R"({"userId":"user_1","permissions":{"1":["*:write"]},)"
                                             R"("userInfo":{"name":"Ada","avatar":"https://img.example/a"}})");
}

TEST_CASE_METHOD(IdentityFixture, "an active organization at Clerk can be a group of the ID token") {
  addAda("");
  lb::testing::SessionTokenSpec spec;
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {}};
  const auto groups = [&](const lb::testing::SessionTokenSpec& session) {
    return identify(withOrganizationAsGroup(lookingUp()), session).value().groupIds;
  };
  CHECK(groups(spec) == std::vector<std::string>{"org_1"});
  CHECK(groups({}).empty());
}

TEST_CASE_METHOD(IdentityFixture, "keys that have to be fetched are fetched without blocking") {
  addAda("");
  const auto keys = clerk::KeySource::backendApi(fakeClerk->secretKey(), "https://api.clerk.com", fakeClerk);
  const lb::Identify by = lb::clerkIdentity(clerk::SessionVerifier(keys), fakeClerk->secretKey(), fakeClerk);
  CHECK(identify(by).value().options.userInfo.value().text() == R"({"name":"Ada"})");
  CHECK(fakeClerk->requestCount() == 2);
  CHECK(identify(by));
  CHECK(fakeClerk->requestCount() == 3);
}

TEST_CASE_METHOD(IdentityFixture, "keys that cannot be fetched are an error of the kind unavailable") {
  fakeClerk->failNext("/v1/jwks", lb::Error{lb::Errc::connect, "away"}, 9);
  const auto keys = clerk::KeySource::backendApi(fakeClerk->secretKey(), "https://api.clerk.com", fakeClerk);
  const lb::Result<lb::Caller> caller = identify(lb::clerkIdentity(clerk::SessionVerifier(keys)));
  REQUIRE_FALSE(caller);
  CHECK(caller.error().kind() == lb::ErrorKind::unavailable);
}
