#include <liveblocks/http/message.hpp>

#include "catch.hpp"
#include "http/wiped_request.hpp"

namespace http = liveblocks::http;

TEST_CASE("a request is described without its query, its body and its credentials") {
  http::Request request{"POST",
                        "https://somebody@api.example.com:8443/v2/rooms?token=s3cret#s3cret",
                        {http::detail::bearerAuthorization(liveblocks::Secret("s3cret")), {"Accept", "*/*"}},
                        "s3cret"};
  CHECK(http::describe(request) ==
        "POST https://api.example.com:8443/v2/rooms\n"
        "Authorization: ***\n"
        "Accept: */*\n"
        "(6 bytes of body)");
}

TEST_CASE("a URL that cannot be read is not described") {
  CHECK(http::describe({"GET", "api.example.com/s3cret", {}, {}}) == "GET <bad URL>\n(0 bytes of body)");
}
