#include <chrono>
#include <string>
#include <vector>

#include "catch.hpp"
#include "room_fixture.hpp"

namespace lb = liveblocks;
using lb::Errc;
using lb::Error;
using liveblocks_tests::anyForm;
using liveblocks_tests::RoomFixture;
using liveblocks_tests::RoomMethod;
using liveblocks_tests::roomMethods;

namespace {

using Outcome = lb::Result<lb::http::Response>;

/// Counts the requests of a call when the first has that outcome and the others succeed.
std::size_t requestsAfter(const Outcome& first, const RoomMethod& method) {
  RoomFixture own(method.form);
  own.transport->push(first);
  own.transport->setHandler([&](const auto&, const auto&) { return lb::testing::jsonResponse(200, method.response); });
  const bool failed = method.call(own.persistentClient(), {}).has_value();
  const std::size_t requests = own.transport->requestCount();
  CHECK(failed == (requests == 1));
  return requests;
}

}  // namespace

TEST_CASE("a room call without a response is repeated when it may take effect twice") {
  for (const RoomMethod& method : roomMethods(anyForm())) {
    CAPTURE(method.name);
    CHECK(requestsAfter(Error{Errc::reset, "x"}, method) == (method.repeatable ? 2 : 1));
  }
}

TEST_CASE("a call that must not take effect twice is repeated when it cannot have taken effect") {
  const auto [outcome, requests] = GENERATE(table<Outcome, std::size_t>({
      {Error{Errc::connect, "x"}, 2},
      {Error{Errc::resolve, "x"}, 2},
      {lb::http::Response{429, {}, {}}, 2},
      {Error{Errc::timeout, "x"}, 1},
      {lb::http::Response{500, {}, {}}, 1},
      {lb::http::Response{503, {}, {}}, 1},
  }));
  for (const RoomMethod& method : roomMethods(anyForm())) {
    if (method.repeatable) continue;
    CAPTURE(method.name);
    CHECK(requestsAfter(outcome, method) == requests);
  }
}

TEST_CASE("a transport must not repeat a deletion or a call that must not take effect twice") {
  for (const RoomMethod& method : roomMethods(anyForm())) {
    CAPTURE(method.name);
    const RoomFixture own(method.form);
    bool once = false;
    own.transport->setHandler([&](const auto&, const lb::http::Call& call) {
      once = call.once;
      return lb::testing::jsonResponse(200, method.response);
    });
    CHECK_FALSE(method.call(own.client(), {}));
    CHECK(once == (!method.repeatable || method.name == std::string("deleteRoom")));
  }
}

TEST_CASE("a client with retries off repeats no room calls") {
  for (const RoomMethod& method : roomMethods(anyForm())) {
    CAPTURE(method.name);
    const RoomFixture own(method.form);
    own.transport->pushJson(503, "{}");
    CHECK(method.call(own.client(), {}));
    CHECK(own.transport->requestCount() == 1);
  }
}

TEST_CASE_METHOD(RoomFixture, "one deadline applies to a call with all its repeats") {
  std::vector<lb::Deadline> seen;
  transport->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    seen.push_back(call.deadline);
    return lb::testing::jsonResponse(503, "{}");
  });
  CHECK_FALSE(getRoom(persistentClient(), "r"));
  REQUIRE(seen.size() == 3);
  CHECK(seen[0] == seen[1]);
  CHECK(seen[0] == seen[2]);
}

TEST_CASE_METHOD(RoomFixture, "a deletion succeeds when a repeat does not find the room") {
  const Outcome lost = GENERATE(Outcome(Error{Errc::reset, "x"}), Outcome(lb::http::Response{502, {}, {}}));
  transport->push(lost);
  transport->pushJson(404, R"({"error":"ROOM_NOT_FOUND"})");
  CHECK(deleteRoom(persistentClient(), "r"));
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(RoomFixture, "a deletion fails when the first attempt does not find the room") {
  const bool repeated = GENERATE(true, false);
  if (repeated) transport->push(GENERATE(Outcome(Error{Errc::connect, "x"}), Outcome(lb::http::Response{429, {}, {}})));
  transport->pushJson(404, R"({"error":"ROOM_NOT_FOUND"})");
  const auto outcome = deleteRoom(persistentClient(), "r");
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == Errc::notFound);
}

TEST_CASE_METHOD(RoomFixture, "other errors of a repeated deletion are returned") {
  transport->push(Error{Errc::reset, "x"});
  transport->pushJson(403, "{}");
  const auto outcome = deleteRoom(persistentClient(), "r");
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == Errc::secretKeyRejected);
}
