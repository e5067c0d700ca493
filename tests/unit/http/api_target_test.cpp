#include "http/api_target.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

namespace lb = liveblocks;
namespace http = liveblocks::http;
using lb::Errc;

namespace {

http::ApiCall callOf(std::string path, std::vector<http::ApiParameter> pathParameters = {},
                     std::vector<http::ApiParameter> query = {}) {
  http::ApiCall call{"GET", std::move(path)};
  call.pathParameters = std::move(pathParameters);
  call.query = std::move(query);
  return call;
}

std::string targetOf(const http::ApiCall& call) { return http::detail::targetOf(call).value(); }

/// The message of `Errc::invalidRequest`.
std::string problemOf(const http::ApiCall& call) {
  const auto target = http::detail::targetOf(call);
  REQUIRE(!target);
  CHECK(target.error().code == Errc::invalidRequest);
  return target.error().message;
}

}  // namespace

TEST_CASE("path parameters are encoded as a whole") {
  CHECK(targetOf(callOf("/v2/rooms")) == "/v2/rooms");
  CHECK(targetOf(callOf("/v2/rooms/{roomId}/storage", {{"roomId", "a/b ?#%ü"}})) ==
        "/v2/rooms/a%2Fb%20%3F%23%25%C3%BC/storage");
  CHECK(targetOf(callOf("/v2/rooms/{roomId}/threads/{threadId}", {{"threadId", "t"}, {"roomId", "{threadId}"}})) ==
        "/v2/rooms/%7BthreadId%7D/threads/t");
  CHECK(targetOf(callOf("/{a}/{a}", {{"a", "x"}})) == "/x/x");
}

TEST_CASE("a path parameter cannot lead to another resource") {
  for (const char* value : {".", "..", "a/..", "../a", "a\\..\\b", "./a"}) {
    CAPTURE(value);
    CHECK(problemOf(callOf("/v2/rooms/{roomId}", {{"roomId", value}})) ==
          "the path parameter 'roomId' is a path segment of dots, or holds one");
  }
  CHECK(problemOf(callOf("/v2/.{roomId}", {{"roomId", "./x"}})).find("dots") != std::string::npos);
  CHECK(problemOf(callOf("/v2/.{roomId}", {{"roomId", "/x"}})) == "the path has a segment of dots");
  CHECK(problemOf(callOf("/v2/{a}", {{"a", ""}})) == "the path parameter 'a' is empty");
  CHECK(problemOf(callOf("/v2/{a}", {{"a", "\xff"}})) == "the path parameter 'a' is not valid UTF-8");
  CHECK(targetOf(callOf("/v2/{a}", {{"a", "..."}})) == "/v2/...");
}

TEST_CASE("a path names each of its parameters") {
  CHECK(problemOf(callOf("/v2/{a}")) == "the path parameter 'a' is not given");
  CHECK(problemOf(callOf("/v2/{a}", {{"a", "x"}, {"b", "y"}})) ==
        "a path parameter is not in the path, or given twice");
  CHECK(problemOf(callOf("/v2/{a}", {{"a", "x"}, {"a", "y"}})) ==
        "a path parameter is not in the path, or given twice");
  for (const char* second : {"a", "b"}) {
    CHECK(problemOf(callOf("/v2/{a}/{a}", {{"a", "x"}, {second, "y"}})) ==
          "a path parameter is not in the path, or given twice");
  }
  CHECK(problemOf(callOf("/v2/{a", {{"a", "x"}})) == "the path has a '{' without a '}'");
}

TEST_CASE("a path is a path and nothing else") {
  for (const char* path : {"", "v2/rooms", "https://elsewhere.example/", "@elsewhere.example/"}) {
    CAPTURE(path);
    CHECK(problemOf(callOf(path)) == "the path does not begin with a slash");
  }
  for (const char* path : {"/a?b=c", "/a#b", "/a b", "/a\r\nX: y", "/a%2e%2e", "/ü", "/a}", "/\\a"}) {
    CAPTURE(path);
    CHECK(problemOf(callOf(path)) == "the path has a character that is not allowed in a path");
  }
  CHECK(problemOf(callOf("/v2/../v1")) == "the path has a segment of dots");
}

TEST_CASE("a query is encoded in its order") {
  CHECK(targetOf(callOf("/a", {}, {{"q", "metadata['x']:'ü & y'"}, {"b", ""}, {"q", "2"}})) ==
        "/a?q=metadata%5B%27x%27%5D%3A%27%C3%BC+%26+y%27&b=&q=2");
  CHECK(problemOf(callOf("/a", {}, {{"", "x"}})) == "a query parameter has no name");
  CHECK(problemOf(callOf("/a", {}, {{"\xff", "x"}})) == "the name of a query parameter is not valid UTF-8");
  CHECK(problemOf(callOf("/a", {}, {{"x", "\xff"}})) == "the query parameter 'x' is not valid UTF-8");
}

TEST_CASE("a call has a known method, a body where there may be one, and a limit") {
  http::ApiCall call = callOf("/a");
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
    call.method = method;
    CHECK(targetOf(call) == "/a");
  }
  for (const char* method : {"", "get", "TRACE", "CONNECT", "GET /x"}) {
    call.method = method;
    CHECK(problemOf(call) == "the method is not one of GET, HEAD, POST, PUT, PATCH and DELETE");
  }
  call.body = lb::Json(1);
  call.method = "GET";
  CHECK(problemOf(call) == "a request with the method GET has no body");
  call.method = "DELETE";
  CHECK(targetOf(call) == "/a");
  for (const char* type : {"", " "}) {
    call.body = http::ApiBytes{type, "x"};
    CHECK(problemOf(call) == "the body has no content type");
  }
  for (const std::string& type : {std::string("text/plain\r\nX: y"), std::string("text/plain\0", 11)}) {
    call.body = http::ApiBytes{type, "x"};
    CHECK(problemOf(call) == "the content type of the body holds a control character");
  }
  call.body = http::ApiBytes{"text/plain", ""};
  call.maxResponse = 1;
  CHECK(targetOf(call) == "/a");
  call.maxResponse = 0;
  CHECK(problemOf(call) == "maxResponse is 0");
}

TEST_CASE("the method decides when a call is repeated unless the call does") {
  using http::ApiRepeat;
  http::ApiCall call = callOf("/a");
  const auto [method, repeat] = GENERATE(table<const char*, ApiRepeat>({
      {"GET", ApiRepeat::always},
      {"HEAD", ApiRepeat::always},
      {"PUT", ApiRepeat::always},
      {"DELETE", ApiRepeat::deletion},
      {"POST", ApiRepeat::onlyIfUnprocessed},
      {"PATCH", ApiRepeat::onlyIfUnprocessed},
  }));
  call.method = method;
  CHECK(http::detail::repeatOf(call) == repeat);
  call.repeat = ApiRepeat::always;
  CHECK(http::detail::repeatOf(call) == ApiRepeat::always);
  call.repeat = ApiRepeat::onlyIfUnprocessed;
  CHECK(http::detail::repeatOf(call) == ApiRepeat::onlyIfUnprocessed);
}

TEST_CASE("the name of a call holds no parameter") {
  CHECK(http::detail::nameOf(callOf("/v2/{a}", {{"a", "secret"}}, {{"q", "secret"}})) == "GET /v2/{a}");
  CHECK(http::detail::nameOf(callOf("/a\nb")) == "GET /a\\x0ab");
}
