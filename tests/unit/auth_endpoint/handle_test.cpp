#include <liveblocks/auth_endpoint.hpp>

#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;
using liveblocks_tests::errorOf;

TEST_CASE_METHOD(EndpointFixture, "the token is requested for the caller") {
  identify = [](const lb::http::RequestView& request, lb::Deadline) {
    CHECK(lb::http::findHeader(request, "authorization") == "Bearer t");
    return lb::Caller{"ada", {lb::Json::object({{"name", "Ada"}}), "acme"}};
  };
  decide = [](const lb::Caller& caller, const std::optional<std::string>& room) {
    CHECK(caller.userId == "ada");
    CHECK(room == "r");
    return lb::Decision().allow("r", lb::FULL_ACCESS).allow("r", {"feeds:none"}).allow("s*", lb::READ_ACCESS);
  };
  transport->pushJson(200, R"({"token":"a.b.c"})");
  const std::string body = GENERATE(
      as<std::string>(), R"({"room":"r"})",
      R"({"room":"r","userId":"eve","organizationId":"evil","userInfo":{"name":"Eve"},"permissions":{"*":["*:write"]}})");
  const lb::http::Response answer =
      handle(endpoint(), {"POST", "/api/liveblocks-auth", {{"authorization", "Bearer t"}}, body});
  CHECK(answer.status == 200);
  CHECK(answer.body == R"({"token":"a.b.c"})");
  REQUIRE(transport->requestCount() == 1);
  CHECK(transport->requests().front().body ==
        R"({"userId":"ada","permissions":{"r":["*:write","feeds:none"],"s*":["*:read"]},)"
        R"("userInfo":{"name":"Ada"},"organizationId":"acme"})");
}

TEST_CASE_METHOD(EndpointFixture, "access outside of rooms is decided without a room") {
  const std::string body =
      GENERATE(as<std::string>(), " { } ", R"({"room":null})", R"({"room": null, "x":"\"room\":\"r\""})",
               R"({"Room":"r"})", R"({"x":{"room":"r"}})");
  CAPTURE(body);
  bool asked = false;
  decide = [&](const lb::Caller&, const std::optional<std::string>& room) {
    asked = true;
    CHECK_FALSE(room);
    return lb::Decision().allow("acme:*", lb::READ_ACCESS);
  };
  transport->pushJson(200, R"({"token":"a.b.c"})");
  CHECK(post(body).status == 200);
  CHECK(asked);
}

TEST_CASE_METHOD(EndpointFixture, "rooms are read from strict JSON") {
  const auto [body, expected] = GENERATE(table<std::string, std::string>({
      {"{\"room\":\"1\"}", "1"},
      {"\r\n{\t\"room\" : \"a b\"}\n", "a b"},
      {R"({"room":"\u0061\u00e9"})", "a\xC3\xA9"},
      {R"({"room":"😀"})", "😀"},
      {R"({"userId":"u","room":"1","nested":{"room":["2"]}})", "1"},
      {R"({"\u0072oom":"1"})", "1"},
  }));
  std::string seen;
  decide = [&](const lb::Caller&, const std::optional<std::string>& room) {
    seen = room.value();
    return lb::Decision();
  };
  CHECK(post(body).status == 403);
  CHECK(seen == expected);
}

TEST_CASE_METHOD(EndpointFixture, "a body that cannot be read is a 400") {
  const std::string body = GENERATE(
      as<std::string>(), "", " ", "null", "[]", "\"r\"", "room=r", "{\"room\":1}", "{\"room\":false}",
      "{\"room\":[\"r\"]}", "{\"room\":{}}", "{\"room\":\"r\",\"room\":\"s\"}", R"({"room":"r","\u0072oom":"s"})",
      R"({"room":"r","x":{"a":1,"a":2}})", "{\"room\":\"r\"} x", "{\"room\":\"r\"", "{'room':'r'}", "\xEF\xBB\xBF{}",
      "{\"room\":\"\xFF\"}", "{\"room\":\"\\ud800\"}", "{}{}");
  CAPTURE(body);
  decide = [](const lb::Caller&, const auto&) -> lb::Decision { throw std::logic_error("must not be asked"); };
  const lb::http::Response answer = post(body);
  CHECK(answer.status == 400);
  CHECK(errorOf(answer) == "bad_request");
}

TEST_CASE_METHOD(EndpointFixture, "an invalid room id is refused before the decision") {
  const std::string room =
      GENERATE(as<std::string>(), "", "*", "acme:*", "a*b", std::string(129, 'a'), R"(1\u0000)", R"(1\n)", "1\x7F");
  CAPTURE(room);
  decide = [](const lb::Caller&, const auto&) -> lb::Decision { throw std::logic_error("must not be asked"); };
  const lb::http::Response answer = post(R"({"room":")" + room + R"("})");
  CHECK(answer.status == 403);
  CHECK(errorOf(answer) == "forbidden");
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(EndpointFixture, "the longest room id is decided") {
  transport->pushJson(200, R"({"token":"a.b.c"})");
  CHECK(post(R"({"room":")" + std::string(128, 'a') + R"("})").status == 200);
}

TEST_CASE_METHOD(EndpointFixture, "the caller is checked before the body") {
  identify = [](const lb::http::RequestView&, lb::Deadline) { return lb::Error{lb::Errc::noToken, ""}; };
  CHECK(post("no JSON").status == 401);
}

TEST_CASE_METHOD(EndpointFixture, "only POST is allowed") {
  const std::string method = GENERATE(as<std::string>(), "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post", "");
  const lb::http::Response answer = handle(endpoint(), {method, "/", {}, R"({"room":"r"})"});
  CHECK(answer.status == 405);
  CHECK(errorOf(answer) == "method_not_allowed");
  CHECK(lb::http::findHeader(answer, "Allow") == "POST");
  CHECK(lb::http::findHeader(answer, "Cache-Control") == "no-store");
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(EndpointFixture, "a body may be as large as the limit") {
  options.maxBody = 32;
  CHECK(endpoint().maxBody() == 32);
  transport->setHandler([](const auto&, const auto&) { return lb::testing::jsonResponse(200, R"({"token":"t"})"); });
  const auto padded = [](std::size_t size) { return "{}" + std::string(size - 2, ' '); };
  CHECK(post(padded(31)).status == 200);
  CHECK(post(padded(32)).status == 200);
  const lb::http::Response tooLarge = post(padded(33));
  CHECK(tooLarge.status == 413);
  CHECK(errorOf(tooLarge) == "too_large");
  CHECK(lb::AuthEndpointOptions().maxBody == 65536);
}

TEST_CASE_METHOD(EndpointFixture, "one deadline applies to the whole request") {
  lb::Deadline identified;
  lb::Deadline authorized;
  options.timeout = std::chrono::milliseconds(4321);
  identify = [&](const lb::http::RequestView&, lb::Deadline deadline) {
    identified = deadline;
    return lb::Caller{"bob"};
  };
  transport->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    authorized = call.deadline;
    return lb::testing::jsonResponse(200, R"({"token":"t"})");
  });
  const lb::Deadline before = std::chrono::steady_clock::now();
  CHECK(post("{}").status == 200);
  CHECK(identified == authorized);
  CHECK(identified >= before + options.timeout);
  CHECK(identified <= std::chrono::steady_clock::now() + options.timeout);
}

TEST_CASE_METHOD(EndpointFixture, "every request gets a token of its own") {
  transport->pushJson(200, R"({"token":"first"})");
  transport->pushJson(200, R"({"token":"second"})");
  const lb::AuthEndpoint same = endpoint();
  const lb::http::RequestView request{"POST", "/", {}, R"({"room":"r"})"};
  CHECK(handle(same, request).body == R"({"token":"first"})");
  CHECK(handle(same, request).body == R"({"token":"second"})");
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(EndpointFixture, "an endpoint refuses empty callables") {
  const lb::Liveblocks client({"sk_x"}, transport);
  CHECK_THROWS_AS(lb::AuthEndpoint(client, nullptr, decide), std::invalid_argument);
  CHECK_THROWS_AS(lb::AuthEndpoint(client, identify, nullptr), std::invalid_argument);
  options.timeout = GENERATE(std::chrono::milliseconds(0), std::chrono::milliseconds::max());
  CHECK_THROWS_AS(endpoint(), std::invalid_argument);
}
