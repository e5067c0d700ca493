#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <liveblocks/clerk/users_api.hpp>
#include <liveblocks/testing/event_recorder.hpp>

#include "catch.hpp"
#include "fixture.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks_tests::ApiFixture;
using namespace std::chrono_literals;

namespace {

const http::ApiCall membershipsCall{
    "GET", "/v1/users/{userId}/organization_memberships", {{"userId", "user/1"}}, {{"limit", "5"}}};

std::vector<std::string> linesOf(const http::Request& request) {
  std::vector<std::string> lines{request.method + " " + request.url};
  for (const http::Header& header : request.headers) lines.push_back(header.name + ": " + header.value);
  return lines;
}

}  // namespace

TEST_CASE_METHOD(ApiFixture, "any endpoint of Clerk is called with the key and the version of the API") {
  transport->push(http::Response{206, {{"X-Test", "1"}}, "text"});
  const auto response = call(membershipsCall);
  REQUIRE(response);
  CHECK(response->status == 206);
  CHECK(response->headers.front().name == "X-Test");
  CHECK(response->body == "text");
  const http::Request request = transport->requests().at(0);
  CHECK(linesOf(request) ==
        std::vector<std::string>{"GET https://api.clerk.com/v1/users/user%2F1/organization_memberships?limit=5",
                                 "Authorization: Bearer sk_test_geheimgeheim", "Accept: application/json",
                                 "Clerk-API-Version: 2026-05-12"});
  CHECK(request.headers.front().sensitive);
  CHECK(request.body.empty());
}

TEST_CASE_METHOD(ApiFixture, "a call to Clerk sends JSON or bytes") {
  transport->push(http::Response{200, {}, {}});
  CHECK(call(http::ApiCall{"PATCH", "/v1/a", {}, {}, liveblocks::Json::parse("{ }")}));
  CHECK(transport->requests().at(0).body == "{}");
  CHECK(linesOf(transport->requests().at(0)).back() == "Content-Type: application/json");
  transport->push(http::Response{200, {}, {}});
  CHECK(call(http::ApiCall{"PUT", "/v1/a", {}, {}, http::ApiBytes{"image/png", "\x89"}}));
  CHECK(transport->requests().at(1).body == "\x89");
  CHECK(linesOf(transport->requests().at(1)).back() == "Content-Type: image/png");
}

TEST_CASE_METHOD(ApiFixture, "an invalid call to Clerk sends nothing") {
  const std::string id = GENERATE("", "..", "a/../b");
  const auto user = call(clerk::api::getUser(id));
  REQUIRE(!user);
  CHECK(user.error().code == Errc::invalidRequest);
  CHECK(user.error().message.find("GET /v1/users/{userId}: the path parameter 'userId' is ") == 0);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(ApiFixture, "the URL of Clerk's API may have a path") {
  clerk::ClientOptions given = options();
  given.apiUrl = "http://127.0.0.1:9/clerk/";
  transport->push(http::Response{200, {}, {}});
  CHECK(call(clerk::Client(given, transport), http::ApiCall{"GET", "/v1/a"}));
  CHECK(transport->requests().at(0).url == "http://127.0.0.1:9/clerk/v1/a");
}

TEST_CASE_METHOD(ApiFixture, "a call to Clerk is repeated as its method permits, and not at all if that is off") {
  const auto [method, requests] =
      GENERATE(table<const char*, std::size_t>({{"GET", 2}, {"PUT", 2}, {"DELETE", 2}, {"POST", 1}, {"PATCH", 1}}));
  CAPTURE(method);
  transport->pushJson(503, "{}");
  CHECK(!call(client(), http::ApiCall{method, "/v1/a"}));
  CHECK(transport->requestCount() == 1);
  transport->pushJson(503, "{}");
  transport->pushJson(200, "{}");
  CHECK(call(persistent(), http::ApiCall{method, "/v1/a"}).ok() == (requests == 2));
  CHECK(transport->requestCount() == 1 + requests);
}

TEST_CASE_METHOD(ApiFixture, "a repeated deletion at Clerk that finds nothing has succeeded") {
  transport->push(liveblocks::Error{Errc::reset, "x"});
  transport->pushJson(404, "{}");
  CHECK(call(persistent(), http::ApiCall{"DELETE", "/v1/a"}).value().status == 404);
  transport->pushJson(404, "{}");
  CHECK(call(persistent(), http::ApiCall{"DELETE", "/v1/a"}).error().code == Errc::notFound);
}

TEST_CASE_METHOD(ApiFixture, "a call to Clerk passes on its deadline and its limit") {
  http::Call seen{};
  transport->setHandler([&](const http::Request&, const http::Call& given) {
    seen = given;
    return http::Response{200, {}, {}};
  });
  http::ApiCall limited{"POST", "/v1/a"};
  limited.maxResponse = 7;
  const liveblocks::Deadline deadline = std::chrono::steady_clock::now() + 1h;
  CHECK(call(client(), limited, deadline));
  CHECK(seen.deadline == deadline);
  CHECK(seen.maxBody == 7);
  CHECK(seen.once);
}

TEST_CASE_METHOD(ApiFixture, "a call to Clerk without a deadline takes the time of the options") {
  http::Call seen{};
  transport->setHandler([&](const http::Request&, const http::Call& given) {
    seen = given;
    return http::Response{200, {}, {}};
  });
  const auto before = std::chrono::steady_clock::now();
  CHECK(call(http::ApiCall{"GET", "/v1/a"}));
  CHECK(seen.deadline >= before + 8s);
  CHECK(seen.deadline <= std::chrono::steady_clock::now() + 8s);
  CHECK_FALSE(seen.once);
  clerk::ClientOptions given = options();
  given.callTimeout = 1h;
  CHECK(call(clerk::Client(given, transport), http::ApiCall{"GET", "/v1/a"}));
  CHECK(seen.deadline >= before + 1h);
}

TEST_CASE_METHOD(ApiFixture, "the time for a call to Clerk is limited") {
  const auto [time, isValid] =
      GENERATE(table<std::chrono::milliseconds, bool>({{0ms, false}, {1ms, true}, {24h, true}, {24h + 1ms, false}}));
  clerk::ClientOptions given = options();
  given.callTimeout = time;
  if (isValid) {
    CHECK_NOTHROW(clerk::Client(given, transport));
  } else {
    CHECK_THROWS_AS(clerk::Client(given, transport), std::invalid_argument);
  }
}

TEST_CASE_METHOD(ApiFixture, "the operation of a call to Clerk is told to the events") {
  liveblocks::testing::EventRecorder recorder;
  clerk::ClientOptions given = options();
  given.events = recorder.events();
  const clerk::Client watched(given, transport);
  transport->setHandler([](const auto&, const auto&) { return http::Response{500, {}, {}}; });
  CHECK(!call(watched, membershipsCall));
  CHECK(!call(watched, clerk::api::listUsers()));
  CHECK(!call(watched, clerk::api::getUser("user_1")));
  CHECK(recorder.lines() == std::vector<std::string>{"exchange clerk.call GET api.clerk.com:443 #0 500",
                                                     "exchange clerk.users.list GET api.clerk.com:443 #0 500",
                                                     "exchange clerk.users.get GET api.clerk.com:443 #0 500"});
}

TEST_CASE("calls to Clerk need a secret key and a transport, and a callback") {
  const auto transport = std::make_shared<liveblocks::testing::FakeTransport>();
  clerk::ClientOptions keyless;
  keyless.publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";
  const clerk::Client withoutKey(keyless, transport);
  CHECK_THROWS_AS(withoutKey.call(membershipsCall), std::logic_error);
  CHECK_THROWS_AS(withoutKey.callAsync(membershipsCall, [](const auto&) {}), std::logic_error);
  CHECK_THROWS_AS(withoutKey.call(clerk::api::listUsers()), std::logic_error);

  const ApiFixture own;
  CHECK_THROWS_AS(own.client().callAsync(membershipsCall, nullptr), std::invalid_argument);
  CHECK_THROWS_AS(own.client().callAsync(clerk::api::listUsers(), nullptr), std::invalid_argument);
}

TEST_CASE_METHOD(ApiFixture, "a transport that throws is an internal failure of a call to Clerk") {
  class Throwing : public http::Transport {
   public:
    explicit Throwing(std::shared_ptr<http::Scheduler> scheduler) : scheduler_(std::move(scheduler)) {}
    liveblocks::Result<http::Response> send(const http::Request&, const http::Call&) override { throw 1; }
    bool start(http::Request&, const http::Call&, Completion&) override { throw 1; }
    std::shared_ptr<http::Scheduler> scheduler() const override { return scheduler_; }

   private:
    std::shared_ptr<http::Scheduler> scheduler_;
  };
  const clerk::Client client(options(), std::make_shared<Throwing>(form.scheduler()));
  CHECK(call(client, membershipsCall).error().code == Errc::internal);
}

TEST_CASE_METHOD(ApiFixture, "a clock that throws is an internal failure of a call to Clerk") {
  class Broken : public liveblocks::Clock {
   public:
    std::chrono::system_clock::time_point wall() const override { throw std::runtime_error("no time"); }
  };
  clerk::ClientOptions given = options();
  given.clock = std::make_shared<Broken>();
  transport->pushJson(500, "{}");
  CHECK(call(clerk::Client(given, transport), membershipsCall).error().code == Errc::internal);
  REQUIRE(!log.lines->empty());
  CHECK(log.lines->back().second.find("a call of Clerk's API failed") != std::string::npos);
}
