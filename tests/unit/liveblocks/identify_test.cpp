#include <liveblocks/liveblocks.hpp>

#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using Catch::Matchers::StartsWith;
using liveblocks_tests::TokenFixture;

TEST_CASE_METHOD(TokenFixture, "an ID token is requested with the given members") {
  const auto bodyOf = [&](const lb::Identity& identity, const lb::IdentifyOptions& extra = {}) {
    return client().identifyRequest(identity, extra).body;
  };
  CHECK(bodyOf({"u"}) == R"({"userId":"u"})");
  CHECK(bodyOf({"u", {}}) == R"({"userId":"u"})");
  CHECK(bodyOf({"u", {"a", "b"}}) == R"({"userId":"u","groupIds":["a","b"]})");
  CHECK(bodyOf({"u", {}, "t"}) == R"({"userId":"u","organizationId":"t"})");
  CHECK(bodyOf({"u", {}, ""}) == R"({"userId":"u","organizationId":""})");
  CHECK(bodyOf({"u", {"a"}, "o"}, {lb::Json::object({{"n", 1}})}) ==
        R"({"userId":"u","groupIds":["a"],"userInfo":{"n":1},"organizationId":"o"})");
  CHECK(bodyOf({"u"}, {lb::Json(nullptr)}) == R"({"userId":"u","userInfo":null})");
}

TEST_CASE_METHOD(TokenFixture, "identify posts to its own path") {
  transport->pushJson(201, R"({"token":"a.b.c"})");
  const lb::AuthResponse response = identify(client(), "u");
  CHECK(response.status == 200);
  CHECK(response.body == R"({"token":"a.b.c"})");
  const lb::http::Request request = transport->requests().front();
  CHECK(request.method == "POST");
  CHECK(request.url == "https://api.liveblocks.io/v2/identify-user");
  CHECK(request.headers.front().value == "Bearer sk_testingtesting");
  CHECK(request.headers.front().sensitive);
}

TEST_CASE_METHOD(TokenFixture, "an identity needs a user") {
  CHECK_THROWS_AS(identify(client(), ""), std::invalid_argument);
  CHECK_THROWS_WITH(client().identifyRequest({""}), StartsWith("Invalid value for field 'userId'."));
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(TokenFixture, "a member that cannot be sent as JSON is refused by its name") {
  CHECK_THROWS_WITH(client().identifyRequest({"\xFF"}), StartsWith("Invalid value for field 'userId'."));
  CHECK_THROWS_WITH(client().identifyRequest({"u", {"a", "\xFF"}}), StartsWith("Invalid value for field 'groupIds'."));
  CHECK_THROWS_WITH(client().identifyRequest({"u", {}, "\xFF"}),
                    StartsWith("Invalid value for field 'organizationId'."));
  CHECK_THROWS_WITH(client().identifyRequest({"u"}, {lb::Json("{}")}),
                    StartsWith("Invalid value for field 'userInfo'."));
}

TEST_CASE_METHOD(TokenFixture, "an identify call without a response names the whole URL") {
  const lb::AuthResponse response = identify(client(), "u");
  CHECK(response.status == 503);
  CHECK(response.body ==
        "Call to https://api.liveblocks.io/v2/identify-user failed. See \"error\" for more information.");
  REQUIRE(response.error);
  CHECK(response.error->code == lb::Errc::connect);
}

TEST_CASE_METHOD(TokenFixture, "an identify call without a response from a dev server names the dev server") {
  lb::LiveblocksOptions changed = options();
  changed.baseUrl = "http://localhost:1153";
  CHECK(identify(lb::Liveblocks(changed, transport), "u").body ==
        "Could not connect to your Liveblocks dev server. Is it running?");
}

TEST_CASE_METHOD(TokenFixture, "a client may identify any number of times") {
  transport->pushJson(200, "1");
  transport->pushJson(200, "2");
  const lb::Liveblocks same = client();
  CHECK(identify(same, "u").body == "1");
  CHECK(identify(same, "u").body == "2");
}

TEST_CASE_METHOD(TokenFixture, "warnings name the identify call") {
  const lb::AuthResponse response =
      client().identifyResponse(lb::http::Response{422, {{"X-LB-Warn", "careful"}}, "{}"});
  CHECK(response.status == 422);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::error);
  CHECK(log.lines->front().second == "  ⚠ [Liveblocks] careful (POST /v2/identify-user)");
}
