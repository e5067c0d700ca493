#include "http/wiped_request.hpp"

#include "catch.hpp"

namespace http = liveblocks::http;

TEST_CASE("the authorization header is marked sensitive") {
  const http::Header header = http::detail::bearerAuthorization(liveblocks::Secret("sk_x"));
  CHECK(header.name == "Authorization");
  CHECK(header.value == "Bearer sk_x");
  CHECK(header.sensitive);
}

TEST_CASE("sensitive header values and the body are overwritten, the rest is kept") {
  const liveblocks::Secret key("sk_a_key");
  http::Request request{
      "POST", "https://x.example", {http::detail::bearerAuthorization(key), {"Accept", "*/*"}}, "body"};
  http::detail::wipe(request);
  CHECK(request.headers[0].value == std::string(15, '\0'));
  CHECK(request.headers[1].value == "*/*");
  CHECK(request.body == std::string(4, '\0'));
}
