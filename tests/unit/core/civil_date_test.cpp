#include <cstdint>

#include "catch.hpp"
#include "core/time.hpp"

TEST_CASE("dates and days map one to one") {
  const auto [date, days] = GENERATE(table<liveblocks::timing::CivilDate, std::int64_t>({
      {{1970, 1, 1}, 0},
      {{1969, 12, 31}, -1},
      {{2000, 2, 29}, 11016},
      {{2000, 3, 1}, 11017},
      {{1900, 2, 28}, -25509},
      {{1900, 3, 1}, -25508},
      {{2024, 12, 31}, 20088},
      {{0, 3, 1}, -719468},
      {{0, 2, 29}, -719469},
      {{-1, 12, 31}, -719529},
      {{9999, 12, 31}, 2932896},
  }));
  CHECK(liveblocks::timing::daysSince1970(date) == days);
  const liveblocks::timing::CivilDate back = liveblocks::timing::civilDate(days);
  CHECK(back.year == date.year);
  CHECK(back.month == date.month);
  CHECK(back.day == date.day);
}
