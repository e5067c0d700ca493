#include <liveblocks/testing/fake_frontend_api.hpp>

#include "catch.hpp"
#include "fake_frontend_api_fixture.hpp"

namespace http = liveblocks::http;
using liveblocks::testing::FakeFrontendApi;
using liveblocks::testing::FakeFrontendApiOptions;
using liveblocks_tests::FakeFrontendApiFixture;
using liveblocks_tests::FrontendResponse;
using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

namespace {

struct RefusalsFixture : FakeFrontendApiFixture {
  FrontendResponse ask(std::string_view url, const Headers& headers = {{"Host", "localhost"}},
                       std::string_view method = "GET", std::string_view body = {}) {
    return {api->handle({method, url, headers, body})};
  }
};

std::string_view headerOf(const FrontendResponse& response, std::string_view name) {
  return http::findHeader(response.response, name).value_or("none");
}

}  // namespace

TEST_CASE_METHOD(RefusalsFixture, "requests to loopback hosts are served, on any port") {
  const std::string host = GENERATE("127.0.0.1", "localhost", "LocalHost", "[::1]", "127.0.0.1:1", "[::1]:65535");
  CHECK(ask("/__clerk/v1/client", {{"Host", host}}).status() == 200);
  CHECK(ask("http://" + host + "/__clerk/v1/client", {}).status() == 200);
}

TEST_CASE_METHOD(RefusalsFixture, "requests to other hosts are rejected") {
  const std::string host =
      GENERATE("", "example.com", "localhost.example.com", "127.0.0.1.example.com", "127.0.0.2", "0.0.0.0",
               "localhost:", "localhost:0", "localhost:65536", "localhost:080", "localhost:8o",
               "localhost:80@example.com", "[::1", "[::2]", "::1", "localhost,example.com", " localhost");
  for (const Headers& headers : {Headers{{"Host", host}}, Headers{{"host", "localhost"}, {"HOST", host}},
                                 Headers{{"Host", "localhost"}, {"X-Forwarded-Host", host}}}) {
    const FrontendResponse response = ask("/__clerk/v1/client", headers);
    CHECK(response.status() == 421);
    CHECK_THAT(response.response.body, ContainsSubstring("loopback"));
  }
}

TEST_CASE_METHOD(RefusalsFixture, "an absolute URL of another host is rejected, whatever the Host header is") {
  CHECK(ask("https://clerk.example.com/__clerk/v1/client").status() == 421);
  CHECK(ask("http://localhost@example.com/__clerk/v1/client").status() == 421);
}

TEST_CASE_METHOD(RefusalsFixture, "a request without a host is rejected") {
  CHECK(ask("/__clerk/v1/client", {}).status() == 421);
}

TEST_CASE_METHOD(RefusalsFixture, "pages of another origin are refused") {
  const std::string origin = GENERATE("null", "", "http://localhost:3000", "http://127.0.0.1:3001",
                                      "https://127.0.0.1:3000", "http://127.0.0.1:3000/", "https://evil.example");
  const FrontendResponse response = ask("/__clerk/v1/client", {{"Host", "127.0.0.1:3000"}, {"origin", origin}});
  CHECK(response.status() == 403);
  CHECK(response.code() == "origin_invalid");
  CHECK(headerOf(response, "Access-Control-Allow-Origin") == "none");
}

TEST_CASE_METHOD(RefusalsFixture, "pages of the origin may read responses from another port") {
  const Headers page{{"Host", "127.0.0.1:4000"}, {"Origin", "http://127.0.0.1:3000"}};
  const FrontendResponse response = ask("/__clerk/v1/client", page);
  CHECK(headerOf(response, "Access-Control-Allow-Origin") == "http://127.0.0.1:3000");
  CHECK(headerOf(response, "Access-Control-Allow-Credentials") == "true");
  CHECK(headerOf(response, "Vary") == "Origin");
  CHECK(headerOf(ask("/__clerk/v1/client"), "Access-Control-Allow-Origin") == "none");
}

TEST_CASE_METHOD(RefusalsFixture, "unknown paths of the Frontend API are not found") {
  const auto [method, target] = GENERATE(table<std::string, std::string>({
      {"GET", ""},
      {"GET", "/"},
      {"GET", "/v1"},
      {"GET", "/v1/client/"},
      {"GET", "//v1/client"},
      {"HEAD", "/v1/client"},
      {"get", "/v1/client"},
      {"OPTIONS", "/v1/client"},
      {"GET", "/v1/client/sessions?_method=DELETE"},
      {"POST", "/v1/client"},
      {"POST", "/v1/client/sessions"},
      {"POST", "/v1/client/sessions?_method=delete"},
      {"POST", "/v1/client/sessions?_method="},
      {"POST", "/v1/client/sessions//touch"},
      {"POST", "/v1/client/sessions/touch"},
      {"POST", "/v1/client/sessions/a/b/touch"},
      {"GET", "/v1/client/sessions/a/touch"},
      {"POST", "/v1/client/sign_ups"},
      {"POST", "/v1/dev_browser"},
      {"GET", "/v1/me"},
      {"GET", "/v1/jwks"},
  }));
  CAPTURE(method, target);
  const FrontendResponse response = ask("/__clerk" + target, {{"Host", "localhost"}}, method);
  CHECK(response.status() == 404);
  CHECK(response.code() == "resource_not_found");
}

TEST_CASE_METHOD(RefusalsFixture, "only a POST stands for another method") {
  CHECK(ask("/__clerk/v1/client?_method=DELETE").status() == 200);
}

TEST_CASE_METHOD(RefusalsFixture, "it serves paths below its own") {
  CHECK(api->serves("/__clerk"));
  CHECK(api->serves("/__clerk/v1/client?x"));
  CHECK(api->serves("http://localhost:3000/__clerk/v1/client"));
  for (const std::string other :
       {"", "/", "/__clerk2/v1", "/a/__clerk/v1", "/?/__clerk/", "__clerk/v1", "/x://y/__clerk/"}) {
    CHECK_FALSE(api->serves(other));
    CHECK(ask(other).status() == 404);
  }
}

TEST_CASE_METHOD(RefusalsFixture, "no response may be cached") {
  for (const std::string target : {"/__clerk/v1/client", "/__clerk/none", "/elsewhere"}) {
    CHECK(headerOf(ask(target), "Cache-Control") == "no-store");
  }
  CHECK(headerOf(ask("/__clerk/v1/client", {{"Host", "example.com"}}), "Cache-Control") == "no-store");
}

TEST_CASE_METHOD(RefusalsFixture, "a malformed form is rejected") {
  const std::string bad = GENERATE("a=%", "a=%4", "a=%zz", "a=%ff", "strategy=ticket&b=%C3");
  CAPTURE(bad);
  const Headers host{{"Host", "localhost"}};
  for (const FrontendResponse& response :
       {ask("/__clerk/v1/client/sign_ins", host, "POST", bad), ask("/__clerk/v1/client?" + bad)}) {
    CHECK(response.status() == 400);
    CHECK(response.code() == "malformed_request_parameters");
  }
}

TEST_CASE_METHOD(RefusalsFixture, "a body is read up to its limit") {
  const Headers host{{"Host", "localhost"}};
  const std::size_t size = FakeFrontendApi::maxBodyBytes;
  const auto [length, status] = GENERATE_COPY(table<std::size_t, int>({{size - 1, 422}, {size, 422}, {size + 1, 413}}));
  CHECK(ask("/__clerk/v1/client/sign_ins", host, "POST", std::string(length, 'a')).status() == status);
}

TEST_CASE_METHOD(RefusalsFixture, "a URL is read up to its limit") {
  const std::string front = "/__clerk/v1/client?";
  const std::size_t size = FakeFrontendApi::maxUrlBytes;
  const auto [length, status] = GENERATE_COPY(table<std::size_t, int>({{size - 1, 200}, {size, 200}, {size + 1, 414}}));
  CHECK(ask(front + std::string(length - front.size(), 'a')).status() == status);
}

TEST_CASE_METHOD(RefusalsFixture, "errors repeat nothing of the request") {
  const FrontendResponse response =
      ask("/__clerk/v1/client/sign_ins", {{"Host", "localhost"}, {"Cookie", "__client=hush"}}, "POST",
          "strategy=ticket&ticket=hush");
  CHECK(response.status() == 400);
  CHECK(response.response.body.find("hush") == std::string::npos);
}

TEST_CASE_METHOD(RefusalsFixture, "an invalid origin of pages is rejected") {
  options.pageOrigin = GENERATE("", "127.0.0.1:3000", "http://", "http://example.com", "http://127.0.0.1:3000/",
                                "http://127.0.0.1:80", "https://localhost:443", "HTTP://localhost", "http://LOCALHOST",
                                "http://127.0.0.1:", "http://[::1", "ftp://localhost", "http://localhost:3000 ");
  CHECK_THROWS_WITH(FakeFrontendApi(fake, options), ContainsSubstring("pageOrigin must be an origin on loopback"));
}

TEST_CASE_METHOD(RefusalsFixture, "an origin of pages on loopback is accepted") {
  options.pageOrigin =
      GENERATE("http://127.0.0.1", "http://localhost:443", "https://localhost:80", "http://[::1]:3000");
  CHECK_NOTHROW(FakeFrontendApi(fake, options));
}

TEST_CASE_METHOD(RefusalsFixture, "an invalid path is rejected") {
  options.path =
      GENERATE("", "/", "__clerk", "/__clerk/", "//clerk", "/a//b", "/a b", "/a?b", "/a#b", "/a;b", "/..", "/a/./b");
  CHECK_THROWS_WITH(FakeFrontendApi(fake, options), ContainsSubstring("path must be a plain path"));
}

TEST_CASE_METHOD(RefusalsFixture, "another path is accepted") {
  options.path = "/api/clerk-2.0";
  restart();
  CHECK(ask("/api/clerk-2.0/v1/client").status() == 200);
  CHECK(ask("/__clerk/v1/client").status() == 404);
}

TEST_CASE_METHOD(RefusalsFixture, "a lifetime is a second at least, and ten years at most") {
  const auto lifetime = GENERATE(&FakeFrontendApiOptions::tokenLifetime, &FakeFrontendApiOptions::sessionLifetime,
                                 &FakeFrontendApiOptions::ticketLifetime);
  constexpr std::chrono::seconds longest = std::chrono::hours(24 * 365 * 10);
  for (const auto good : {std::chrono::seconds(1), longest}) {
    options.*lifetime = good;
    CHECK_NOTHROW(restart());
  }
  for (const auto bad : {std::chrono::seconds(0), std::chrono::seconds(-1), longest + std::chrono::seconds(1)}) {
    options.*lifetime = bad;
    CHECK_THROWS_WITH(restart(), ContainsSubstring("a lifetime must be a second at least"));
  }
}

TEST_CASE_METHOD(RefusalsFixture, "an invalid sign-in page is rejected") {
  options.signInUrl = GENERATE("sign-in", "//evil.example", "javascript:x", "/a b", "/\n", "/\xc3\xa9");
  CHECK_THROWS_WITH(restart(), ContainsSubstring("signInUrl must be a path"));
}

TEST_CASE_METHOD(RefusalsFixture, "without a Clerk there is no Frontend API") {
  options.pageOrigin = "http://127.0.0.1:3000";
  CHECK_THROWS_WITH(FakeFrontendApi(nullptr, options), ContainsSubstring("needs a FakeClerk"));
}
