#include <chrono>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include "catch.hpp"
#include "room_fixture.hpp"

namespace lb = liveblocks;
using lb::Errc;
using lb::Error;
using liveblocks_tests::RoomFixture;
using namespace std::chrono_literals;

static_assert(!std::is_copy_constructible_v<lb::RoomRange>);
static_assert(!std::is_copy_assignable_v<lb::RoomRange>);
static_assert(std::is_nothrow_move_constructible_v<lb::RoomRange>);
static_assert(std::is_nothrow_move_assignable_v<lb::RoomRange>);

namespace {

std::string roomNamed(const std::string& id) {
  return R"({"id":")" + id + R"(","createdAt":"2026-01-02T03:04:05.678Z","defaultAccesses":[]})";
}

struct RangeFixture : RoomFixture {
  /// One page of rooms; without a cursor it is the last.
  void pushPage(const std::vector<std::string>& ids, const std::string& cursor = {}) {
    std::string rooms;
    for (const std::string& id : ids) rooms += (rooms.empty() ? "" : ",") + roomNamed(id);
    const std::string next = cursor.empty() ? "null" : '"' + cursor + '"';
    transport->pushJson(200, R"({"nextCursor":)" + next + R"(,"data":[)" + rooms + "]}");
  }

  /// Two pages without rooms; `hear` receives the deadline of each request.
  void pageTwice(std::function<void(lb::Deadline)> hear) {
    transport->setHandler([this, hear = std::move(hear)](const auto&, const auto& call) {
      hear(call.deadline);
      const bool more = transport->requestCount() == 1;
      return lb::testing::jsonResponse(200,
                                       more ? R"({"nextCursor":"c","data":[]})" : R"({"nextCursor":null,"data":[]})");
    });
  }

  /// The ids of an iteration; an error is shown as `!` and the number of its code.
  static std::vector<std::string> walk(lb::RoomRange range) {
    std::vector<std::string> ids;
    for (const lb::Result<lb::Room>& room : range) {
      ids.push_back(room ? room->id : "!" + std::to_string(static_cast<int>(room.error().code)));
    }
    return ids;
  }

  static std::string failed(Errc code) { return "!" + std::to_string(static_cast<int>(code)); }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(RangeFixture, "an iteration goes through all pages") {
  pushPage({"a", "b"}, "c1");
  pushPage({"c"}, "c 2");
  pushPage({"d"});
  CHECK(walk(client().iterRooms({"alice"}, 2)) == Ids{"a", "b", "c", "d"});
  const auto requests = transport->requests();
  REQUIRE(requests.size() == 3);
  CHECK(requests[0].url == "https://api.liveblocks.io/v2/rooms?limit=2&userId=alice");
  CHECK(requests[1].url == "https://api.liveblocks.io/v2/rooms?limit=2&startingAfter=c1&userId=alice");
  CHECK(requests[2].url == "https://api.liveblocks.io/v2/rooms?limit=2&startingAfter=c+2&userId=alice");
}

TEST_CASE_METHOD(RangeFixture, "an iteration fetches 40 rooms at a time") {
  pushPage({});
  CHECK(walk(client().iterRooms()).empty());
  CHECK(transport->requests().front().url == "https://api.liveblocks.io/v2/rooms?limit=40");
}

TEST_CASE_METHOD(RangeFixture, "a page is fetched when it is needed") {
  pushPage({"a", "b"}, "c1");
  pushPage({"c"});
  lb::RoomRange range = client().iterRooms();
  CHECK(transport->requestCount() == 0);
  auto at = range.begin();
  CHECK(transport->requestCount() == 1);
  CHECK((*at)->id == "a");
  ++at;
  CHECK(at->value().id == "b");
  CHECK(transport->requestCount() == 1);
  at++;
  CHECK((*at)->id == "c");
  CHECK(transport->requestCount() == 2);
  CHECK(++at == range.end());
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(RangeFixture, "an iteration continues where it stopped") {
  pushPage({"a", "b"});
  lb::RoomRange range = client().iterRooms();
  CHECK(range.begin() == range.begin());
  ++range.begin();
  CHECK((*range.begin())->id == "b");
  CHECK(++range.begin() == range.end());
  CHECK(range.begin() == range.end());
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(RangeFixture, "a page without rooms is not the end") {
  pushPage({}, "c1");
  pushPage({}, "c2");
  pushPage({"a"}, "c3");
  pushPage({});
  CHECK(walk(client().iterRooms()) == Ids{"a"});
  CHECK(transport->requestCount() == 4);
}

TEST_CASE_METHOD(RangeFixture, "one step fetches a limited number of pages without rooms") {
  const auto [excess, outcome] = GENERATE(table<int, std::string>({{-1, "a"}, {0, failed(Errc::upstream)}}));
  pushPage({"first"}, "c0");
  for (int i = 1; i <= lb::RoomRange::maxEmptyPages + excess; ++i) pushPage({}, "c" + std::to_string(i));
  pushPage({"a"});
  CHECK(walk(client().iterRooms()) == Ids{"first", outcome});
}

TEST_CASE_METHOD(RangeFixture, "an iteration ends after the first error") {
  pushPage({"a"}, "c1");
  transport->pushJson(500, "{}");
  pushPage({"never"});
  lb::RoomRange range = client().iterRooms();
  CHECK(std::distance(range.begin(), range.end()) == 2);
  CHECK(range.begin() == range.end());
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(RangeFixture, "an error is the last element of an iteration") {
  pushPage({"a"}, "c1");
  transport->push(Error{Errc::tls, "x"});
  CHECK(walk(client().iterRooms()) == Ids{"a", failed(Errc::tls)});
}

TEST_CASE_METHOD(RangeFixture, "a cursor that repeats at once ends the iteration") {
  pushPage({"a"}, "c1");
  pushPage({"b"}, "c1");
  pushPage({"never"});
  CHECK(walk(client().iterRooms()) == Ids{"a", failed(Errc::upstream)});
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(RangeFixture, "cursors that repeat in a cycle end the iteration") {
  const int length = GENERATE(2, 3, 7);
  for (int i = 0; i < 3 * length + 1; ++i) pushPage({}, "c" + std::to_string(i % length));
  CHECK(walk(client().iterRooms()) == Ids{failed(Errc::upstream)});
}

TEST_CASE_METHOD(RangeFixture, "many different cursors are not a cycle") {
  constexpr int pages = 200;
  for (int i = 1; i < pages; ++i) pushPage({"r"}, "c" + std::to_string(i));
  pushPage({"r"});
  CHECK(walk(client().iterRooms()) == Ids(pages, "r"));
}

TEST_CASE_METHOD(RangeFixture, "a page holds from 1 to 100 rooms") {
  const auto [size, allowed] = GENERATE(table<std::size_t, bool>({{0, false}, {1, true}, {100, true}, {101, false}}));
  pushPage({"a"});
  CHECK(walk(client().iterRooms({}, size)) == Ids{allowed ? "a" : failed(Errc::invalidRequest)});
  CHECK(transport->requestCount() == (allowed ? 1 : 0));
}

TEST_CASE_METHOD(RangeFixture, "an invalid filter is the first element") {
  lb::RoomFilter filter;
  filter.userId = "";
  CHECK(walk(client().iterRooms(filter)) == Ids{failed(Errc::invalidRequest)});
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(RangeFixture, "a range that was moved from is empty, and the iteration continues in the other") {
  pushPage({"a", "b"});
  lb::RoomRange range = client().iterRooms();
  ++range.begin();
  lb::RoomRange& first = range;
  lb::RoomRange second = std::move(range);
  CHECK(first.begin() == first.end());
  CHECK((*second.begin())->id == "b");
  first = client().iterRooms();
  std::swap(first, second);
  CHECK((*first.begin())->id == "b");
}

TEST_CASE_METHOD(RangeFixture, "an iteration outlives its client") {
  pushPage({"a"});
  lb::RoomRange range = lb::Liveblocks(options(), transport).iterRooms();
  CHECK((*range.begin())->id == "a");
}

TEST_CASE_METHOD(RangeFixture, "a deadline applies to the whole iteration") {
  std::vector<lb::Deadline> seen;
  pageTwice([&](lb::Deadline deadline) { seen.push_back(deadline); });
  const lb::Deadline given = std::chrono::steady_clock::now() + 99s;
  CHECK(walk(client().iterRooms({}, 40, given)).empty());
  CHECK(seen == std::vector<lb::Deadline>(2, given));
}

TEST_CASE_METHOD(RangeFixture, "without a deadline each request of an iteration has its own") {
  lb::Deadline firstResponded;
  lb::Deadline last;
  pageTwice([&](lb::Deadline deadline) {
    if (firstResponded == lb::Deadline()) firstResponded = std::chrono::steady_clock::now();
    last = deadline;
  });
  CHECK(walk(client().iterRooms()).empty());
  CHECK(last >= firstResponded + 8s);
}
