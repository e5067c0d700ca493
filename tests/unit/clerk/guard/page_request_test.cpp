#include "clerk/request/received_request.hpp"

#include "catch.hpp"

using liveblocks::clerk::isPageRequest;
using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

TEST_CASE("a page is what a person asks for") {
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

TEST_CASE("what a program asks for is no page") {
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
