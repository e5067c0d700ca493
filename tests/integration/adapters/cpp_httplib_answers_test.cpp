#include <algorithm>
#include <iterator>
#include <liveblocks/adapters/cpp_httplib.hpp>
#include <string>
#include <vector>

#include "catch.hpp"

using liveblocks::adapters::addHeader;
using liveblocks::adapters::requestView;
using liveblocks::adapters::setResponse;

namespace {

using Values = std::vector<std::string>;

/// As they are sent.
Values valuesOf(const httplib::Response& response, const std::string& name) {
  Values values;
  const auto [first, last] = response.headers.equal_range(name);
  std::transform(first, last, std::back_inserter(values), [](const auto& header) { return header.second; });
  return values;
}

}  // namespace

TEST_CASE("an answer is set with all its headers, after those that are there") {
  httplib::Request request;
  httplib::Response response;
  response.set_header("Set-Cookie", "own=1");
  setResponse(request, response,
              {401, {{"Content-Type", "application/json"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}, "{}"});
  CHECK(response.status == 401);
  CHECK(response.body == "{}");
  CHECK(response.get_header_value("Content-Type") == "application/json");
  CHECK(valuesOf(response, "Set-Cookie") == Values{"own=1", "a=1", "b=2"});
}

TEST_CASE("an added header is sent after those of the same name, between others") {
  httplib::Response response;
  for (int number = 0; number < 40; ++number) {
    addHeader(response, {"Set-Cookie", std::to_string(number)});
    addHeader(response, {"X-" + std::to_string(number), "other"});
  }
  addHeader(response, {"set-cookie", "last"});
  Values expected;
  for (int number = 0; number < 40; ++number) expected.push_back(std::to_string(number));
  expected.push_back("last");
  CHECK(valuesOf(response, "Set-Cookie") == expected);
  CHECK(valuesOf(response, "X-39") == Values{"other"});
}

TEST_CASE("a header that cpp-httplib refuses changes nothing") {
  httplib::Response response;
  addHeader(response, {"Set-Cookie", "a=1"});
  addHeader(response, {"Set-Cookie", "b=2"});
  addHeader(response, {"Set-Cookie", "c=3\r\nd: 4"});
  CHECK(valuesOf(response, "Set-Cookie") == Values{"a=1", "b=2"});
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
  request.headers = {{"Cookie", "a=1"}, {"Cookie", "b=2"}, {"X-Other", "x"}, {"cookie", "c=3"}};
  const auto view = requestView(request, "body");
  CHECK(view.method == "GET");
  CHECK(view.url == "/%64ecoded?x=1");
  CHECK(view.headers.size() == 4);
  Values cookies;
  for (const auto& [name, value] : view.headers) {
    if (name != "X-Other") cookies.emplace_back(value);
  }
  CHECK(cookies == Values{"a=1", "b=2", "c=3"});
  CHECK(view.body == "body");
}
