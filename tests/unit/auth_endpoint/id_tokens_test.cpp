#include <liveblocks/auth_endpoint.hpp>

#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;
using liveblocks_tests::errorOf;

namespace {

struct IdTokenFixture : EndpointFixture {
  lb::http::Response post(std::string_view body) const {
    return handle(idTokenEndpoint(), {"POST", "/api/liveblocks-auth", {}, body});
  }
};

}  // namespace

TEST_CASE_METHOD(IdTokenFixture, "an ID token names the caller, the groups and the organization") {
  const auto [caller, asked] = GENERATE(table<lb::Caller, std::string>({
      {{"bob"}, R"({"userId":"bob"})"},
      {{"ada", {lb::Json::object({{"name", "Ada"}}), "acme"}, {}, {"product", "design"}},
       R"({"userId":"ada","groupIds":["product","design"],"userInfo":{"name":"Ada"},"organizationId":"acme"})"},
  }));
  identify = [&identified = caller](const lb::http::RequestView&, lb::Deadline) { return identified; };
  transport->pushJson(200, R"({"token":"a.b.c"})");
  const lb::http::Response answer = post(R"({"room":"r"})");
  CHECK(answer.status == 200);
  CHECK(answer.body == R"({"token":"a.b.c"})");
  CHECK(lb::http::findHeader(answer, "Cache-Control") == "no-store");
  REQUIRE(transport->requestCount() == 1);
  CHECK(transport->requests().front().url == "https://api.liveblocks.io/v2/identify-user");
  CHECK(transport->requests().front().body == asked);
}

TEST_CASE_METHOD(IdTokenFixture, "every identified caller gets an ID token, in a room and outside of rooms") {
  const std::string body = GENERATE(as<std::string>(), "{}", R"({"room":"nobody's"})");
  transport->pushJson(200, R"({"token":"a.b.c"})");
  CHECK(post(body).status == 200);
}

TEST_CASE_METHOD(IdTokenFixture, "an endpoint for ID tokens refuses what one for access tokens refuses") {
  const auto [method, body, status, error] = GENERATE(table<std::string, std::string, int, std::string>({
      {"GET", "{}", 405, "method_not_allowed"},
      {"POST", "", 400, "bad_request"},
      {"POST", R"({"room":1})", 400, "bad_request"},
      {"POST", R"({"room":""})", 403, "forbidden"},
      {"POST", R"({"room":"acme:*"})", 403, "forbidden"},
      {"POST", R"({"room":"1\u0000"})", 403, "forbidden"},
      {"POST", R"({"room":")" + std::string(129, 'a') + R"("})", 403, "forbidden"},
      {"POST", "{}" + std::string(31, ' '), 413, "too_large"},
  }));
  CAPTURE(method, body);
  if (status == 413) options.maxBody = 32;
  const lb::http::Response answer = handle(idTokenEndpoint(), {method, "/", {}, body});
  CHECK(answer.status == status);
  CHECK(errorOf(answer) == error);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(IdTokenFixture, "a caller who is not identified gets no ID token") {
  const auto [code, status] = GENERATE(table<lb::Errc, int>({
      {lb::Errc::noToken, 401},
      {lb::Errc::keysUnavailable, 503},
  }));
  identify = [cause = code](const lb::http::RequestView&, lb::Deadline) { return lb::Error{cause, "detail"}; };
  CHECK(post(R"({"room":"r"})").status == status);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(IdTokenFixture, "a caller without a name gets no ID token") {
  identify = [](const lb::http::RequestView&, lb::Deadline) { return lb::Caller{}; };
  CHECK(post("{}").status == 500);
  CHECK(log.lines->size() == 1);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(IdTokenFixture, "responses to an identity are passed on as those for access tokens") {
  const auto [upstream, body, status] = GENERATE(table<int, std::string, int>({
      {200, "{}", 503},
      {401, R"({"error":"INVALID_SECRET_KEY"})", 503},
      {403, R"({"error":"INVALID_SECRET_KEY"})", 503},
      {422, R"({"error":"UNPROCESSABLE_ENTITY"})", 422},
      {500, "", 503},
  }));
  CAPTURE(upstream);
  transport->pushJson(upstream, body);
  const lb::http::Response answer = post(R"({"room":"r"})");
  CHECK(answer.status == status);
  CHECK_THAT(answer.body, !ContainsSubstring("SECRET"));
  CHECK(log.lines->size() == 1);
}

TEST_CASE_METHOD(IdTokenFixture, "one deadline applies to the caller and the ID token") {
  lb::Deadline identified;
  lb::Deadline issued;
  identify = [&](const lb::http::RequestView&, lb::Deadline deadline) {
    identified = deadline;
    return lb::Caller{"bob"};
  };
  transport->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    issued = call.deadline;
    return lb::testing::jsonResponse(200, R"({"token":"t"})");
  });
  CHECK(post("{}").status == 200);
  CHECK(identified == issued);
}

TEST_CASE_METHOD(IdTokenFixture, "an endpoint for ID tokens refuses empty callables") {
  SECTION("identify") { identify = nullptr; }
  SECTION("timeout") { options.timeout = std::chrono::milliseconds(0); }
  CHECK_THROWS_AS(idTokenEndpoint(), std::invalid_argument);
}
