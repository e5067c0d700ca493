#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <atomic>
#include <thread>

#include "catch.hpp"
#include "fake_liveblocks_fixture.hpp"
#include "token_parts.hpp"

namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks_tests::FakeLiveblocksFixture;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

liveblocks_tests::TokenParts tokenIn(const std::string& body) {
  return liveblocks_tests::split(json::parse(body).at("token"));
}

json permissionsOf(int count) {
  json permissions = json::object();
  for (int i = 0; i < count; ++i) permissions["room" + std::to_string(i)] = {"*:read"};
  return permissions;
}

}  // namespace

TEST_CASE_METHOD(FakeLiveblocksFixture, "an access token contains the grants of a session, in any script") {
  const auto transport = std::make_shared<liveblocks::testing::FakeTransport>(
      [&](const http::Request& request, const http::Call& given) { return fake.send(request, given); });
  const liveblocks::Liveblocks client({fake.secretKey()}, transport);
  auto session = client.prepareSession("日本", {liveblocks::Json::object({{"name", "😀"}})});
  session.allow("acme:*", liveblocks::FULL_ACCESS);
  const auto token = tokenIn(session.authorize().body);
  CHECK(token.header == json{{"alg", "none"}, {"typ", "JWT"}});
  CHECK(token.signature.empty());
  CHECK(token.payload.at("jti").get<std::string>().size() == 12);
  CHECK(token.payload == json{{"k", "acc"},
                              {"pid", "localdev"},
                              {"uid", "日本"},
                              {"perms", {{"acme:*", {"*:write"}}}},
                              {"ui", {{"name", "😀"}}},
                              {"iat", 1735689600},
                              {"exp", 1735693200},
                              {"jti", token.payload.at("jti")}});
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "an ID token names the user and the groups") {
  const auto token = tokenIn(post("/v2/identify-user", {{"userId", "u"}, {"groupIds", {"a", "b"}}}).body);
  CHECK(token.payload.at("k") == "id");
  CHECK(token.payload.at("gids") == json{"a", "b"});
  CHECK_FALSE(token.payload.contains("perms"));
  CHECK_FALSE(token.payload.contains("ui"));
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "no two tokens are the same") {
  const json body = {{"userId", "u"}, {"permissions", json::object()}};
  CHECK(post("/v2/authorize-user", body).body != post("/v2/authorize-user", body).body);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a token request with a body that Liveblocks rejects is rejected") {
  const auto [body, message] = GENERATE(table<std::string, std::string>({
      {"", "Must be an object."},
      {"[]", "Must be an object."},
      {"{}", "Missing key: 'userId'."},
      {R"({"userId":5,"permissions":{}})", "Value at key 'userId': Must be string."},
      {R"({"userId":"","permissions":{}})", "Value at key 'userId': Must not be empty."},
      {R"({"userId":"u"})", "Missing key: 'permissions'."},
      {R"({"userId":"u","permissions":[]})", "Value at key 'permissions': Must be an object."},
      {R"({"userId":"u","permissions":{"r":5}})", "Value at keypath 'permissions.r': Must be an array."},
      {R"({"userId":"u","permissions":{"r":[]}})", "Value at keypath 'permissions.r': Must not be empty."},
      {R"({"userId":"u","permissions":{"r":["*:read","x"]}})",
       "Value at keypath 'permissions.r.1': Must be a permission."},
      {R"({"userId":"u","permissions":{"a*b":["*:read"]}})",
       "Value at keypath 'permissions.a*b': A '*' may only be last."},
      {R"({"userId":"u","permissions":{},"userInfo":null})", "Value at key 'userInfo': Must be an object."},
      {R"({"userId":"u","permissions":{},"userInfo":{"name":5}})", "Value at keypath 'userInfo.name': Must be string."},
  }));
  CAPTURE(body);
  const http::Response response = send(requestTo("POST", "/v2/authorize-user", body));
  CHECK(response.status == 422);
  CHECK(codeOf(response) == "UNPROCESSABLE_ENTITY");
  CHECK(messageOf(response) == message);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a token may reach the documented limits, and not exceed them") {
  const auto status = [&](const std::string& userId, const std::string& room, const json& info) {
    const json body = {{"userId", userId}, {"permissions", {{room, {"*:read"}}}}, {"userInfo", info}};
    return post("/v2/authorize-user", body).status;
  };
  const auto repeated = [](int count, const std::string& text) {
    std::string result;
    for (int i = 0; i < count; ++i) result += text;
    return result;
  };
  const json info = {{"n", repeated(504, "😀") + repeated(8, "x")}};
  CHECK(info.dump(-1, ' ', false).size() == 504 * 4 + 16);
  CHECK(status(repeated(128, "日"), repeated(64, "😀") + "*", info) == 200);
  CHECK(status(repeated(129, "é"), "r", info) == 422);
  CHECK(status("u", repeated(64, "😀") + "a", info) == 422);
  CHECK(status("u", "r", {{"n", repeated(505, "😀") + repeated(8, "x")}}) == 422);
  CHECK(post("/v2/authorize-user", {{"userId", "u"}, {"permissions", permissionsOf(10)}}).status == 200);
  CHECK(post("/v2/authorize-user", {{"userId", "u"}, {"permissions", permissionsOf(11)}}).status == 422);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a body that is not JSON is a bad request, at any depth") {
  const std::string body =
      GENERATE(std::string("{"), std::string("\xFF"), std::string(R"({"a":1,"a":2})"), std::string(100000, '['));
  const std::string target = GENERATE("/v2/authorize-user", "/v2/rooms", "/v2/rooms/r/broadcast-event");
  create("r");
  CHECK(send(requestTo("POST", target, body)).status == 400);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "only the secret key is accepted") {
  const auto [authorization, status, code] = GENERATE(table<std::string, int, std::string>({
      {"", 401, "MISSING_SECRET_KEY"},
      {"Bearer pk_test", 401, "WRONG_KEY_USED"},
      {"Bearer sk_other", 403, "INVALID_SECRET_KEY"},
      {"Bearer sk_test ", 403, "INVALID_SECRET_KEY"},
      {"bearer sk_test", 403, "INVALID_SECRET_KEY"},
      {"Basic sk_test", 403, "INVALID_SECRET_KEY"},
  }));
  CAPTURE(authorization);
  http::Request request = requestTo("GET", "/v2/rooms");
  request.headers.at(0).value = authorization;
  CHECK(send(request).status == status);
  CHECK(codeOf(send(request)) == code);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a request without an Authorization header is refused") {
  CHECK(codeOf(send({"GET", "https://api.liveblocks.io/v2/rooms", {}, {}})) == "MISSING_SECRET_KEY");
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "unknown endpoints are not found") {
  create("r");
  const std::string target = GENERATE(as<std::string>(), "", "/", "/v2", "/v2/", "/v1/rooms", "/v2/nope", "/rooms",
                                      "/v2/rooms/r/feeds", "/v2/rooms/r/prewarm/x", "/v2/rooms//prewarm", "/v2//rooms",
                                      "/v2/rooms/..", "/v2/rooms/%2e%2E/", "/v2/rooms/r/../../r");
  CAPTURE(target);
  CHECK(get(target).status == 404);
  CHECK(codeOf(get(target)) == "Not Found");
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "an id that rewrites a path reaches what it would reach at Liveblocks") {
  create("r");
  const std::string target = GENERATE("/v2/rooms/", "/v2/rooms/.", "/v2/rooms/%2E", "/v2/rooms/r/..", "/v2/x/../rooms");
  CAPTURE(target);
  CHECK(json::parse(get(target).body).contains("nextCursor"));
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a response to a wrong method lists the right ones") {
  const auto [method, target, allowed] = GENERATE(table<std::string, std::string, std::string>({
      {"GET", "/v2/authorize-user", "POST"},
      {"DELETE", "/v2/rooms", "GET, POST"},
      {"PUT", "/v2/rooms/r", "GET, POST, DELETE"},
      {"post", "/v2/rooms", "GET, POST"},
  }));
  CAPTURE(method, target);
  const http::Response response = send(requestTo(method, target));
  CHECK(response.status == 405);
  CHECK(http::findHeader(response, "Allow") == allowed);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a path with malformed escapes is a bad request, once the key is right") {
  http::Request request = requestTo("GET", GENERATE("/v2/rooms/%zz", "/v2/rooms/%", "/v2/rooms/a%2", "/v2/rooms/%FF"));
  CHECK(send(request).status == 400);
  request.headers.clear();
  CHECK(send(request).status == 401);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "the fake Liveblocks fails as prescribed, and records requests") {
  fake.failNext("/v2/rooms", liveblocks::testing::jsonResponse(429, "{}"));
  fake.failNext("/v2/rooms", Error{Errc::reset, "broken"}, 10);
  CHECK(get("/v2/rooms").status == 429);
  CHECK(fake.send(requestTo("GET", "/v2/rooms"), call).error().code == Errc::reset);
  fake.clearFaults();
  CHECK(get("/v2/rooms?limit=5").status == 200);
  REQUIRE(fake.requestCount() == 3);
  CHECK(fake.requests().at(2).url == "https://api.liveblocks.io/v2/rooms?limit=5");
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "the fake Liveblocks respects the conditions of a call") {
  call.deadline = std::chrono::steady_clock::now();
  CHECK(fake.send(requestTo("GET", "/v2/rooms"), call).error().code == Errc::timeout);
}

TEST_CASE("the fake Liveblocks uses the system clock by default") {
  liveblocks::testing::FakeLiveblocks fake("sk_test");
  const http::Call call{std::chrono::steady_clock::now() + 1h};
  const auto before = std::chrono::system_clock::now() - 1s;
  const auto response =
      fake.send(FakeLiveblocksFixture::requestTo("POST", "/v2/identify-user", R"({"userId":"u"})"), call).value();
  const std::chrono::system_clock::time_point issuedAt(
      std::chrono::seconds(tokenIn(response.body).payload.at("iat").get<std::int64_t>()));
  CHECK(issuedAt >= before);
  CHECK(issuedAt <= std::chrono::system_clock::now());
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "many threads may send requests to the fake Liveblocks and change it at once") {
  constexpr int threadCount = 4;
  constexpr int rounds = 25;
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  threads.reserve(threadCount);
  for (int id = 0; id < threadCount; ++id) {
    threads.emplace_back([&, id] {
      for (int round = 0; round < rounds; ++round) {
        const std::string room = std::to_string(id) + "." + std::to_string(round);
        const json body = {{"id", room}, {"defaultAccesses", json::array()}};
        const bool created = post("/v2/rooms", body).status == 200;
        fake.setActiveUsers(room, {{"u", 1, {}}});
        const bool told = post("/v2/rooms/" + room + "/broadcast-event", 1).status == 204;
        if (created && told) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == threadCount * rounds);
  CHECK(fake.broadcasts().size() == static_cast<std::size_t>(threadCount * rounds));
}
