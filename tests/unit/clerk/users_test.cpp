#include <liveblocks/clerk/users.hpp>

#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <stdexcept>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::testing::FakeTransport;
using liveblocks_tests::BothForms;
using namespace std::chrono_literals;

namespace {

constexpr const char* ada = R"({"id":"user_1","first_name":"Ada","image_url":"https://img.example/ada"})";

struct Fixture {
  BothForms form;
  std::shared_ptr<FakeTransport> transport = fake();
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  std::vector<std::pair<liveblocks::LogLevel, std::string>> logged;

  std::shared_ptr<FakeTransport> fake() const {
    auto result = std::make_shared<FakeTransport>();
    result->setScheduler(form.scheduler());
    return result;
  }

  liveblocks::Result<clerk::User> get(const clerk::Users& users, const std::string& id,
                                      std::optional<liveblocks::Deadline> deadline = {}) const {
    return form.run<liveblocks::Result<clerk::User>>([&] { return users.get(id, deadline); },
                                                     [&](auto done) { users.getAsync(id, done, {deadline}); });
  }

  clerk::UsersOptions options() {
    clerk::UsersOptions result;
    result.secretKey = "sk_test_abc";
    result.retry = false;
    result.clock = clock;
    result.log = [this](liveblocks::LogLevel level, std::string_view text) { logged.emplace_back(level, text); };
    return result;
  }

  clerk::Users users(const clerk::UsersOptions& given) const { return clerk::Users(given, transport); }
  clerk::Users users() { return users(options()); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a user is looked up by id") {
  transport->pushJson(200, ada);
  CHECK(get(users(), "user_1").value().fullName == "Ada");
  const http::Request request = transport->requests().at(0);
  CHECK(request.method == "GET");
  CHECK(request.url == "https://api.clerk.com/v1/users/user_1");
  CHECK(request.body.empty());
  REQUIRE(request.headers.size() == 3);
  CHECK(request.headers[0].name == "Authorization");
  CHECK(request.headers[0].sensitive);
  CHECK(request.headers[1].value == "application/json");
  CHECK(request.headers[2].name == "Clerk-API-Version");
  CHECK(request.headers[2].value == "2026-05-12");
}

TEST_CASE_METHOD(Fixture, "the secret key is sent") {
  std::string authorization;
  transport->setHandler([&](const http::Request& request, const http::Call&) {
    authorization = request.headers.at(0).value;
    return liveblocks::testing::jsonResponse(200, ada);
  });
  CHECK(get(users(), "user_1"));
  CHECK(authorization == "Bearer sk_test_abc");
}

TEST_CASE_METHOD(Fixture, "the API URL may have a path") {
  auto given = options();
  given.apiUrl = "http://127.0.0.1:9/clerk/";
  transport->pushJson(200, ada);
  CHECK(get(users(given), "user_1"));
  CHECK(transport->requests().at(0).url == "http://127.0.0.1:9/clerk/v1/users/user_1");
}

TEST_CASE_METHOD(Fixture, "PR #8331: an invalid id is rejected without a request") {
  const std::string id = GENERATE(as<std::string>(), "", ".", "..", "a/b", "user?x=1", "user#x", "user%2F", "us er",
                                  "us\ner", "\xC3\xA9", std::string(129, 'a'));
  CAPTURE(id);
  CHECK(get(users(), id).error().code == Errc::invalidRequest);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "the longest id is looked up") {
  const std::string id(128, 'a');
  transport->pushJson(200, R"({"id":")" + id + "\"}");
  CHECK(get(users(), id));
}

TEST_CASE_METHOD(Fixture, "a failed look-up says why") {
  const auto [status, code] = GENERATE(table<int, Errc>({
      {401, Errc::secretKeyRejected},
      {404, Errc::notFound},
      {429, Errc::upstream},
      {500, Errc::upstream},
      {204, Errc::upstream},
  }));
  transport->push(http::Response{status, {{"Retry-After", "3"}}, ""});
  const auto user = get(users(), "user_1");
  CHECK(user.error().code == code);
  CHECK(user.error().upstreamStatus == status);
  CHECK(user.error().retryAfter == 3s);
}

TEST_CASE_METHOD(Fixture, "what the host should know is logged") {
  const auto [status, level] = GENERATE(table<int, std::optional<liveblocks::LogLevel>>({
      {403, liveblocks::LogLevel::error},
      {429, liveblocks::LogLevel::warning},
      {404, std::nullopt},
      {500, std::nullopt},
  }));
  transport->push(http::Response{status, {}, ""});
  CHECK_FALSE(get(users(), "user_1"));
  REQUIRE(logged.size() == (level ? 1U : 0U));
  if (level) CHECK(logged[0].first == *level);
}

TEST_CASE_METHOD(Fixture, "an outage does not write a line for each look-up") {
  const clerk::Users one = users();
  for (int i = 0; i < 130; ++i) {
    transport->push(http::Response{401, {}, ""});
    CHECK_FALSE(get(one, "user_1"));
    clock->advance(1s);
  }
  transport->pushJson(200, ada);
  CHECK(get(one, "user_1"));
  REQUIRE(logged.size() == 4);
  CHECK_THAT(logged[0].second, ContainsSubstring("looking up a user: Clerk refused CLERK_SECRET_KEY: check"));
  CHECK_THAT(logged[1].second, ContainsSubstring("60 failures in"));
  CHECK_THAT(logged[3].second, ContainsSubstring("looking up users at Clerk works again"));
}

TEST_CASE_METHOD(Fixture, "the media type of the response does not matter") {
  const std::string type = GENERATE("application/json; charset=utf-8", "text/plain", "");
  transport->push(http::Response{200, {{"Content-Type", type}}, ada});
  CHECK(get(users(), "user_1"));
}

TEST_CASE_METHOD(Fixture, "the response must be the requested user") {
  const std::string body = GENERATE(R"({"id":"user_2"})", "{}", "<html>", "");
  transport->pushJson(200, body);
  CHECK(get(users(), "user_1").error().code == Errc::upstream);
}

TEST_CASE_METHOD(Fixture, "a transport's error is passed on") {
  transport->push(liveblocks::Error{Errc::tls, "no trust"});
  CHECK(get(users(), "user_1").error().code == Errc::tls);
}

TEST_CASE_METHOD(Fixture, "a transport that throws is an internal failure") {
  class Throwing : public http::Transport {
    liveblocks::Result<http::Response> send(const http::Request&, const http::Call&) override { throw 1; }
  };
  CHECK(clerk::Users(options(), std::make_shared<Throwing>()).get("user_1").error().code == Errc::internal);
}

TEST_CASE_METHOD(Fixture, "a look-up takes no more of the deadline than its own timeout") {
  http::Call seen{};
  transport->setHandler([&](const http::Request&, const http::Call& call) {
    seen = call;
    return liveblocks::testing::jsonResponse(200, ada);
  });
  const auto before = std::chrono::steady_clock::now();
  const auto deadline = GENERATE_COPY(std::optional<liveblocks::Deadline>{}, std::optional(before + 1h));
  CHECK(get(users(), "user_1", deadline));
  CHECK(seen.deadline >= before + 2s);
  CHECK(seen.deadline <= std::chrono::steady_clock::now() + 2s);
  CHECK(get(users(), "user_1", before + 1500ms));
  CHECK(seen.deadline == before + 1500ms);
}

TEST_CASE_METHOD(Fixture, "past the deadline nothing is sent") {
  CHECK(get(users(), "user_1", std::chrono::steady_clock::now()).error().code == Errc::timeout);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "a look-up is repeated only where that may help") {
  const auto [status, requests] = GENERATE(table<int, std::size_t>(
      {{429, 2}, {502, 2}, {503, 2}, {504, 2}, {400, 1}, {401, 1}, {403, 1}, {404, 1}, {500, 1}}));
  CAPTURE(status);
  auto given = options();
  given.retry = true;
  transport->push(http::Response{status, {}, ""});
  transport->pushJson(200, ada);
  CHECK(static_cast<bool>(get(users(given), "user_1")) == (requests == 2));
  CHECK(transport->requestCount() == requests);
}

TEST_CASE_METHOD(Fixture, "without a cache every look-up is a request") {
  transport->pushJson(200, ada);
  transport->pushJson(200, ada);
  const clerk::Users two = users();
  CHECK(get(two, "user_1"));
  CHECK(get(two, "user_1"));
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(Fixture, "copies share the cache") {
  auto given = options();
  given.cacheTtl = 60s;
  const std::vector<clerk::Users> copies(2, users(given));
  transport->pushJson(200, ada);
  CHECK(get(copies[0], "user_1"));
  CHECK(get(copies[1], "user_1").value().fullName == "Ada");
  CHECK(transport->requestCount() == 1);
  clock->advance(60s);
  transport->pushJson(200, ada);
  CHECK(get(copies[1], "user_1"));
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(Fixture, "a user who is forgotten is requested again, by all copies") {
  auto given = options();
  given.cacheTtl = 60s;
  const std::vector<clerk::Users> copies(2, users(given));
  transport->pushJson(200, ada);
  CHECK_FALSE(get(copies[0], "user_1").value().banned);
  transport->pushJson(200, R"({"id":"user_1","banned":true})");
  copies[1].forget("user_2");
  CHECK_FALSE(get(copies[0], "user_1").value().banned);
  copies[1].forget("user_1");
  CHECK(get(copies[0], "user_1").value().banned);
  CHECK(transport->requestCount() == 2);
  CHECK_NOTHROW(users().forget("user_1"));
}

TEST_CASE_METHOD(Fixture, "an unknown user is looked up again") {
  auto given = options();
  given.cacheTtl = 60s;
  const clerk::Users cached = users(given);
  transport->pushJson(404, "{}");
  transport->pushJson(200, ada);
  CHECK(get(cached, "user_1").error().code == Errc::notFound);
  CHECK(get(cached, "user_1"));
}

TEST_CASE_METHOD(Fixture, "unusable options are refused") {
  auto given = options();
  const auto refused = [&] { CHECK_THROWS_AS(users(given), std::invalid_argument); };
  SECTION("no key") { given.secretKey = {}; }
  SECTION("white space in the key") { given.secretKey = "sk_test_a bc"; }
  SECTION("URL without a scheme") { given.apiUrl = "api.clerk.com"; }
  SECTION("unprotected URL") { given.apiUrl = "http://api.clerk.com"; }
  SECTION("no time") { given.timeout = 0ms; }
  SECTION("time without end") { given.timeout = std::chrono::milliseconds::max(); }
  SECTION("negative age") { given.cacheTtl = -1s; }
  SECTION("age without end") { given.cacheTtl = std::chrono::seconds::max(); }
  SECTION("no place") { given.cacheCapacity = 0; }
  SECTION("no transport") { transport = nullptr; }
  refused();
}
