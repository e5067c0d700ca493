#include "core/time.hpp"

#include <cstdint>

#include "catch.hpp"

using liveblocks::timing::between;
using liveblocks::timing::earlier;
using liveblocks::timing::later;
using liveblocks::timing::saturatedCast;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using Time = std::chrono::steady_clock::time_point;

namespace {

constexpr std::int64_t maxSeconds = nanoseconds::max() / seconds(1);

static_assert(nanoseconds::max() == Time::max().time_since_epoch(), "the tables below count in nanoseconds");

Time at(nanoseconds sinceEpoch) { return Time(sinceEpoch); }

}  // namespace

TEST_CASE("a duration that another unit cannot hold is its longest or shortest") {
  CHECK(saturatedCast<nanoseconds>(seconds(2)) == seconds(2));
  CHECK(saturatedCast<nanoseconds>(seconds(-2)) == seconds(-2));
  CHECK(saturatedCast<nanoseconds>(seconds(maxSeconds)) == seconds(maxSeconds));
  CHECK(saturatedCast<nanoseconds>(seconds(maxSeconds + 1)) == nanoseconds::max());
  CHECK(saturatedCast<nanoseconds>(seconds::max()) == nanoseconds::max());
  CHECK(saturatedCast<nanoseconds>(seconds(-maxSeconds - 1)) == nanoseconds::min());
  CHECK(saturatedCast<nanoseconds>(seconds::min()) == nanoseconds::min());
  CHECK(saturatedCast<seconds>(nanoseconds::max()) == seconds(maxSeconds));
  CHECK(saturatedCast<seconds>(nanoseconds(1'999'999'999)) == seconds(1));
}

TEST_CASE("times stop at the ends of their clock") {
  const auto [time, wait, sum, difference] = GENERATE(table<Time, nanoseconds, Time, Time>({
      {at(seconds(5)), seconds(2), at(seconds(7)), at(seconds(3))},
      {at(seconds(5)), seconds(-2), at(seconds(3)), at(seconds(7))},
      {at(seconds(5)), nanoseconds(0), at(seconds(5)), at(seconds(5))},
      {Time::max(), nanoseconds(1), Time::max(), Time::max() - nanoseconds(1)},
      {Time::max() - nanoseconds(1), nanoseconds(1), Time::max(), Time::max() - nanoseconds(2)},
      {Time::max(), nanoseconds::max(), Time::max(), at(nanoseconds(0))},
      {Time::max(), nanoseconds::min(), at(nanoseconds(-1)), Time::max()},
      {Time::min(), nanoseconds(-1), Time::min(), Time::min() + nanoseconds(1)},
      {Time::min(), nanoseconds(1), Time::min() + nanoseconds(1), Time::min()},
      {Time::min(), nanoseconds::min(), Time::min(), at(nanoseconds(0))},
      {Time::min(), nanoseconds::max(), at(nanoseconds(-1)), Time::min()},
      {at(nanoseconds(0)), nanoseconds::max(), Time::max(), Time::min() + nanoseconds(1)},
      {at(nanoseconds(0)), nanoseconds::min(), Time::min(), Time::max()},
  }));
  CHECK(later(time, wait) == sum);
  CHECK(earlier(time, wait) == difference);
}

TEST_CASE("a wait may be in any unit") {
  CHECK(later(at(seconds(1)), std::chrono::hours(1)) == at(seconds(3601)));
  CHECK(later(at(seconds(-1)), seconds::max()) == Time::max() - seconds(1));
  CHECK(earlier(at(seconds(1)), std::chrono::hours::max()) == at(seconds(1)) - nanoseconds::max());
}

TEST_CASE("the time between two moments is at most the longest") {
  CHECK(between(at(seconds(2)), at(seconds(5))) == seconds(3));
  CHECK(between(at(seconds(5)), at(seconds(2))) == seconds(-3));
  CHECK(between(Time::min(), Time::max()) == nanoseconds::max());
  CHECK(between(Time::max(), Time::min()) == nanoseconds::min());
  CHECK(between(Time::min(), Time::min()) == nanoseconds(0));
  CHECK(between(Time::max(), Time::max()) == nanoseconds(0));
}
