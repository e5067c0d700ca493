#include <liveblocks/http/api_call.hpp>

#include <optional>
#include <string>

#include "catch.hpp"

namespace lb = liveblocks;
namespace http = liveblocks::http;
using lb::Errc;

namespace {

http::ApiResponse responseOf(std::string body) { return {200, {}, std::move(body)}; }

/// The value of `startingAfter` in the call for the next page.
std::optional<std::string> cursorAfter(const http::ApiCall& call, const char* body) {
  const auto next = http::nextPage(call, responseOf(body)).value();
  if (!next) return std::nullopt;
  REQUIRE(!next->query.empty());
  CHECK(next->query.back().name == "startingAfter");
  return next->query.back().value;
}

}  // namespace

TEST_CASE("a response is read as strict JSON") {
  CHECK(responseOf(R"({"a": 1})").json().value().text() == R"({"a":1})");
  for (const char* body : {"", "{", "{'a':1}", R"({"a":1,"a":2})", "NaN"}) {
    CAPTURE(body);
    CHECK(responseOf(body).json().error().code == Errc::upstream);
  }
}

TEST_CASE("the next page is requested with the cursor of this one") {
  const http::ApiCall first{"GET", "/v2/rooms", {}, {{"limit", "2"}}};
  CHECK(cursorAfter(first, R"({"data":[],"nextCursor":"c1"})") == "c1");
  CHECK(cursorAfter(first, R"({"data":[],"nextCursor":null})") == std::nullopt);
  CHECK(cursorAfter(first, R"({"data":[]})") == std::nullopt);
  CHECK(cursorAfter(first, R"({"data":[],"nextCursor":""})") == std::nullopt);
  const http::ApiCall second = http::nextPage(first, responseOf(R"({"nextCursor":"c1"})")).value().value();
  CHECK(second.query.size() == 2);
  const http::ApiCall third = http::nextPage(second, responseOf(R"({"nextCursor":"c2"})")).value().value();
  CHECK(third.query.size() == 2);
  CHECK(third.query.back().value == "c2");
}

TEST_CASE("a list may name its cursor otherwise") {
  const http::ApiCall call{"GET", "/v2/rooms"};
  const auto next = http::nextPage(call, responseOf(R"({"meta":1,"next":"n"})"), "cursor", "next").value();
  REQUIRE(next.has_value());
  CHECK(next->query.back().name == "cursor");
  CHECK(next->query.back().value == "n");
}

TEST_CASE("a page that leads nowhere is an error") {
  const http::ApiCall call{"GET", "/v2/rooms", {}, {{"startingAfter", "c1"}}};
  for (const char* body : {"[]", "x", R"({"nextCursor":7})", R"({"nextCursor":"c1"})"}) {
    CAPTURE(body);
    CHECK(http::nextPage(call, responseOf(body)).error().code == Errc::upstream);
  }
}
