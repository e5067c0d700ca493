#include <liveblocks/adapters/cpp_httplib.hpp>

#include "catch.hpp"

using liveblocks::adapters::requestView;
using liveblocks::adapters::setResponse;

TEST_CASE("an answer is set with all its headers, after those that are there") {
  httplib::Request request;
  httplib::Response response;
  response.set_header("Set-Cookie", "own=1");
  setResponse(request, response,
              {401, {{"Content-Type", "application/json"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}, "{}"});
  CHECK(response.status == 401);
  CHECK(response.body == "{}");
  CHECK(response.get_header_value("Content-Type") == "application/json");
  REQUIRE(response.get_header_value_count("Set-Cookie") == 3);
  CHECK(response.get_header_value("Set-Cookie", 0) == "own=1");
  CHECK(response.get_header_value("Set-Cookie", 2) == "b=2");
}

TEST_CASE("an answer without content has no type of content") {
  httplib::Request request;
  httplib::Response response;
  setResponse(request, response, {307, {{"Location", "/elsewhere"}}, ""});
  CHECK(response.get_header_value("Location") == "/elsewhere");
  CHECK_FALSE(response.has_header("Content-Type"));
}

TEST_CASE("a request is shown with its whole target and all its headers") {
  httplib::Request request;
  request.method = "GET";
  request.path = "/decoded";
  request.target = "/%64ecoded?x=1";
  request.headers = {{"Cookie", "a=1"}, {"Cookie", "b=2"}};
  const auto view = requestView(request, "body");
  CHECK(view.method == "GET");
  CHECK(view.url == "/%64ecoded?x=1");
  REQUIRE(view.headers.size() == 2);
  CHECK(view.headers[1].second == "b=2");
  CHECK(view.body == "body");
}
