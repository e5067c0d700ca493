#include <liveblocks/auth_endpoint.hpp>

#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <memory>
#include <new>
#include <string>
#include <utility>

#include "out_of_memory.hpp"

namespace lb = liveblocks;
using liveblocks_tests::runOutOfMemory;

namespace {

const lb::testing::ClerkIssuer& issuer() {
  static const lb::testing::ClerkIssuer made;
  return made;
}

void log(lb::LogLevel /*level*/, std::string_view line) { const std::string kept(line); }

lb::Result<lb::Caller> bob(const lb::http::RequestView& /*request*/, lb::Deadline /*deadline*/) {
  return lb::Caller{"bob", {lb::Json::object({{"name", "Bob"}})}};
}

/// A request to an endpoint.
struct Scene {
  /// For the keys, and for the user of the caller; else that is Bob.
  bool asksClerk = false;
  std::string method = "POST";
  std::string body = R"({"room":"r\u0031","plan":{"names":["a","b"],"level":3}})";
  lb::http::Response liveblocksAnswer = lb::testing::jsonResponse(200, R"({"token":"a.b.c","x":[[1],{"y":[{}]}]})");
  lb::http::Response usersAnswer = lb::testing::jsonResponse(
      200, R"({"id":"user_1","first_name":"A\u0064a","public_metadata":{"a":[1,{"b":[]}]},"email_addresses":[{}]})");
  lb::Decide decide = [](const lb::AuthRequest& asked) {
    static_cast<void>(asked.body.text("plan"));
    static_cast<void>(asked.body.number("room"));
    return lb::Decision().allow(*asked.room, lb::FULL_ACCESS);
  };
  std::string token = issuer().sessionToken({});
  std::shared_ptr<lb::testing::ManualScheduler> scheduler = std::make_shared<lb::testing::ManualScheduler>();

  lb::AuthEndpoint endpoint() const {
    const auto liveblocksApi = std::make_shared<lb::testing::FakeTransport>(
        [answer = liveblocksAnswer](const auto&, const auto&) { return answer; });
    liveblocksApi->setScheduler(scheduler);
    lb::LiveblocksOptions client;
    client.secret = "sk_test_y";
    client.retry = false;
    client.log = log;
    lb::AuthEndpointOptions options;
    options.log = log;
    return {lb::Liveblocks(client, liveblocksApi), asksClerk ? identifiedByClerk() : bob, decide, options};
  }

  lb::Identify identifiedByClerk() const {
    const auto clerkApi = std::make_shared<lb::testing::FakeTransport>(
        [jwks = lb::testing::jsonResponse(200, issuer().jwks()), user = usersAnswer](const lb::http::Request& request,
                                                                                     const lb::http::Call&) {
          return request.url.find("jwks") == std::string::npos ? user : jwks;
        });
    clerkApi->setScheduler(scheduler);
    lb::clerk::UsersOptions users;
    users.secretKey = "sk_test_x";
    users.retry = false;
    users.log = log;
    const auto keys = lb::clerk::KeySource::backendApi("sk_test_x", "https://api.clerk.com", clerkApi);
    return lb::clerkIdentity(lb::clerk::SessionVerifier(keys), lb::clerk::Users(users, clerkApi), log);
  }

  void run() const {
    runOutOfMemory([this] {
      return [this, authorization = "Bearer " + token, endpoint = endpoint()] {
        static_cast<void>(endpoint.handle({method, "/", {{"Authorization", authorization}}, body}));
      };
    });
    runAsynchronously();
  }

  /// False if a callable of the application ran out of memory, and is lost.
  bool runAll() const {
    try {
      scheduler->runUntil((lb::Deadline::max)());
      return true;
    } catch (const std::bad_alloc&) {
      return false;
    }
  }

  /// The callback is called exactly once, or the call throws.
  void runAsynchronously() const {
    bool isBroken = false;
    runOutOfMemory([this, &isBroken] {
      return [this, &isBroken, authorization = "Bearer " + token, endpoint = endpoint()] {
        int calls = 0;
        bool threw = false;
        try {
          endpoint.handleAsync({method, "/", {{"Authorization", authorization}}, body},
                               [&calls](const lb::http::Response&) { ++calls; });
        } catch (const std::bad_alloc&) {
          threw = true;
        }
        while (!runAll()) {
        }
        if (calls != (threw ? 0 : 1)) isBroken = true;
      };
    });
    CHECK_FALSE(isBroken);
  }
};

}  // namespace

TEST_CASE("an endpoint that runs out of memory on its way to a token goes on") {
  Scene scene;
  scene.asksClerk = true;
  const std::string authorization = "Bearer " + scene.token;
  CHECK(scene.endpoint().handle({"POST", "/", {{"Authorization", authorization}}, scene.body}).status == 200);
  scene.run();
}

TEST_CASE("an endpoint that runs out of memory on its way to a refusal goes on") {
  Scene scene;
  SECTION("of a method") { scene.method = "GET"; }
  SECTION("of a caller") {
    scene.asksClerk = true;
    scene.token = "e30.e30.e30";
  }
  SECTION("of a body") { scene.body = R"({"a":[[[{"b":{"c":[1,2,{"d":1,"d":2}]}}]]]})"; }
  SECTION("of a room") { scene.body = R"({"room":"a\u002a"})"; }
  SECTION("by the decision") {
    scene.decide = [](const lb::AuthRequest&) {
      return lb::Decision::refuse("a long reason, longer than a short string");
    };
  }
  SECTION("for now") {
    scene.decide = [](const lb::AuthRequest&) { return lb::Decision::unavailable("the database is away for a while"); };
  }
  SECTION("for grants that do not cover the room") {
    scene.decide = [](const lb::AuthRequest&) { return lb::Decision().allow("other", lb::READ_ACCESS); };
  }
  SECTION("by a decision that comes later") {
    scene.decide = [&scene](const lb::AuthRequest&, const lb::Callback<lb::Decision>& done) {
      done(lb::Decision());
      scene.scheduler->post([done] { done(lb::Decision::refuse("too late")); });
    };
  }
  SECTION("by an exception") {
    scene.decide = [](const lb::AuthRequest&) -> lb::Decision { throw std::runtime_error("why"); };
  }
  scene.run();
}

TEST_CASE("an endpoint that runs out of memory over an answer goes on") {
  Scene scene;
  SECTION("without a token") { scene.liveblocksAnswer.body = R"({"a":[[[{"b":{"c":[1,2,{"d":1}]}}]]]})"; }
  SECTION("that is no JSON") { scene.liveblocksAnswer.body = R"({"a":[[[{"b":{"c":[1,2,{)"; }
  SECTION("that repeats the secret key") { scene.liveblocksAnswer.body = R"({"token":"a","x":"\u0073k_test_y"})"; }
  SECTION("that refuses the key") {
    scene.liveblocksAnswer = {403, {{"X-LB-Warn", "Bearer sk_test_y"}}, R"({"error":"\u0073k_test_y","x":[[{}]]})"};
  }
  SECTION("that refuses the request") { scene.liveblocksAnswer.status = 422; }
  SECTION("from Clerk that is no user") {
    scene.asksClerk = true;
    scene.usersAnswer.body = R"({"id":"other","a":[[{}]]})";
  }
  SECTION("from Clerk that refuses the key") {
    scene.asksClerk = true;
    scene.usersAnswer = {401, {}, R"({"errors":[{"code":"clerk_key_invalid","meta":{"a":[]}}],"clerk_trace_id":"x"})"};
  }
  SECTION("from Clerk that does not know the user") {
    scene.asksClerk = true;
    scene.usersAnswer.status = 404;
  }
  scene.run();
}

TEST_CASE("an endpoint whose callables finish later runs out of memory and goes on") {
  Scene scene;
  const bool isLost = GENERATE(false, true);
  scene.decide = [&scene, isLost](const lb::AuthRequest& request, const lb::Callback<lb::Decision>& done) {
    if (isLost) return;
    scene.scheduler->post([&request, done] { done(lb::Decision().allow(*request.room, lb::FULL_ACCESS)); });
  };
  scene.runAsynchronously();
}
