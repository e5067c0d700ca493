#include "clerk/request/request.hpp"

#include "catch.hpp"

namespace detail = liveblocks::clerk::detail;
using detail::PageRule;
using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

namespace {

bool isForPage(const liveblocks::http::RequestView& request, PageRule rule) {
  return detail::ParsedRequest(request, {}, detail::CookieLimits::none()).isForPage(rule);
}

bool isPageRequest(const liveblocks::http::RequestView& request) { return isForPage(request, PageRule::signIn); }

}  // namespace

TEST_CASE("requests of browsers for pages are recognized") {
  const Headers headers = GENERATE(values<Headers>({
      {{"Sec-Fetch-Dest", "document"}},
      {{"sec-fetch-dest", "iframe"}, {"accept", "*/*"}},
      {{"Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}},
      {{"Accept", "application/xhtml+xml, Text/HTML"}},
      {{"Accept", "text/html"}, {"Content-Type", "text/plain"}},
      {{"Accept", "text/html"}, {"Authorization", "basic dTpw"}},
  }));
  CHECK(isPageRequest({"GET", "/", headers}));
  CHECK(isPageRequest({"HEAD", "/", headers}));
  CHECK_FALSE(isPageRequest({"POST", "/", headers}));
  CHECK_FALSE(isPageRequest({"OPTIONS", "/", headers}));
}

TEST_CASE("requests of programs are not requests for pages") {
  const Headers headers = GENERATE(values<Headers>({
      {},
      {{"Accept", "*/*"}},
      {{"Accept", "application/json"}},
      {{"Sec-Fetch-Dest", "empty"}, {"Accept", "text/html"}},
      {{"Sec-Fetch-Dest", "image"}},
      {{"Sec-Fetch-Dest", "document"}, {"Authorization", "Bearer a.b.c"}},
      {{"Sec-Fetch-Dest", "document"}, {"Authorization", ""}},
      {{"Accept", "text/html"}, {"Content-Type", "application/json"}},
      {{"Accept", "text/html"}, {"Content-Type", "Application/JSON; charset=utf-8"}},
      {{"Accept", "text/html"}, {"Content-Type", "application/problem+json"}},
  }));
  CHECK_FALSE(isPageRequest({"GET", "/", headers}));
}

TEST_CASE("handshakes and the sign-in page differ in which requests are for pages") {
  struct Row {
    const char* why;
    const char* method;
    Headers headers;
    bool forHandshake;
    bool forSignIn;
  };
  const auto row = GENERATE(values<Row>({
      {"a browser that asks for a page", "GET", {{"Sec-Fetch-Dest", "document"}}, true, true},
      {"the headers alone", "HEAD", {{"Sec-Fetch-Dest", "document"}}, false, true},
      {"a method in lower case", "get", {{"Sec-Fetch-Dest", "document"}}, true, false},
      {"HTML first", "GET", {{"Accept", "text/html,*/*"}}, true, true},
      {"HTML among others", "GET", {{"Accept", "application/xhtml+xml,text/html"}}, false, true},
      {"a token in a header", "GET", {{"Accept", "text/html"}, {"Authorization", "Bearer a"}}, true, false},
      {"a body of JSON", "GET", {{"Accept", "text/html"}, {"Content-Type", "application/json"}}, true, false},
      {"an empty destination", "GET", {{"Accept", "text/html"}, {"Sec-Fetch-Dest", ""}}, true, false},
      {"two destinations", "GET", {{"Sec-Fetch-Dest", "document"}, {"Sec-Fetch-Dest", "empty"}}, false, true},
  }));
  INFO(row.why);
  CHECK(isForPage({row.method, "/", row.headers}, PageRule::handshake) == row.forHandshake);
  CHECK(isForPage({row.method, "/", row.headers}, PageRule::signIn) == row.forSignIn);
}
