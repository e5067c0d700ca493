#include "core/time.hpp"

#include "catch.hpp"

using liveblocks::timing::toUtcText;

TEST_CASE("times are written as ECMAScript writes them") {
  const auto [seconds, text] = GENERATE(table<std::int64_t, std::string>({
      {0, "Thu, 01 Jan 1970 00:00:00 GMT"},
      {-1, "Wed, 31 Dec 1969 23:59:59 GMT"},
      {86399, "Thu, 01 Jan 1970 23:59:59 GMT"},
      {1735689600, "Wed, 01 Jan 2025 00:00:00 GMT"},
      {951782400, "Tue, 29 Feb 2000 00:00:00 GMT"},
      {951868800, "Wed, 01 Mar 2000 00:00:00 GMT"},
      {-2203891200, "Thu, 01 Mar 1900 00:00:00 GMT"},
      {4107542400, "Mon, 01 Mar 2100 00:00:00 GMT"},
      {-62135596800, "Mon, 01 Jan 0001 00:00:00 GMT"},
      {-62198755200, "Fri, 01 Jan -0001 00:00:00 GMT"},
      {253402300800, "Sat, 01 Jan 10000 00:00:00 GMT"},
      {8640000000000, "Sat, 13 Sep 275760 00:00:00 GMT"},
      {-8640000000000, "Tue, 20 Apr -271821 00:00:00 GMT"},
  }));
  CHECK(toUtcText(seconds) == text);
}
