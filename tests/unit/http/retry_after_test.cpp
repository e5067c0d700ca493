#include "http/retry.hpp"

#include "catch.hpp"

namespace http = liveblocks::http;
using std::chrono::seconds;
using std::chrono::system_clock;

namespace {

/// Sun, 06 Nov 1994 08:49:37 GMT.
const system_clock::time_point now{seconds(784111777)};

}  // namespace

TEST_CASE("Retry-After is read as seconds or as a date") {
  const auto [value, wait] = GENERATE(table<std::string, int>({
      {"0", 0},
      {"120", 120},
      {" 7\t", 7},
      {"007", 7},
      {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
      {"Sun, 06 Nov 1994 08:50:37 GMT", 60},
      {"Sunday, 06-Nov-94 08:50:37 GMT", 60},
      {"Sun Nov  6 08:50:37 1994", 60},
      {"Sun, 06 Nov 1994 08:49:07 GMT", 0},
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Wed, 01 Mar 1995 08:49:37 GMT", 115 * 86400},
  }));
  CAPTURE(value);
  CHECK(http::detail::parseRetryAfter(value, now) == seconds(wait));
}

TEST_CASE("leap years count in a Retry-After date") {
  const system_clock::time_point newYear2024{seconds(1704067200)};
  CHECK(http::detail::parseRetryAfter("Fri, 01 Mar 2024 00:00:00 GMT", newYear2024) == seconds(60 * 86400));
}

TEST_CASE("a wait of more than a year counts as a year") {
  const std::string value =
      GENERATE(as<std::string>(), "31536001", "99999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT");
  CAPTURE(value);
  CHECK(http::detail::parseRetryAfter(value, now) == seconds(31536000));
  CHECK(http::detail::parseRetryAfter("31535999", now) == seconds(31535999));
}

TEST_CASE("what is no Retry-After is left out") {
  const std::string value =
      GENERATE(as<std::string>(), "", " ", "-1", "+1", "1.5", "1s", "soon", "1 2", "Sun, 06 Nov 1994 08:49:37 GMT+1",
               "Sun, 06 Foo 1994 08:49:37 GMT", "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
               "Sun, 32 Nov 1994 08:49:37 GMT");
  CAPTURE(value);
  CHECK_FALSE(http::detail::parseRetryAfter(value, now));
}

TEST_CASE("a response without Retry-After asks for no wait") {
  CHECK_FALSE(http::detail::retryAfter({503, {}, {}}, now));
  CHECK(http::detail::retryAfter({503, {{"retry-after", "3"}}, {}}, now) == seconds(3));
}
