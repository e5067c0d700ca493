#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "fake_liveblocks_fixture.hpp"

using namespace std::chrono_literals;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::testing::jsonResponse;
using liveblocks_tests::FakeLiveblocksFixture;

namespace {

struct Fixture : FakeLiveblocksFixture {
  static liveblocks::Deadline in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

  Errc codeOfCreating(const std::string& roomId) {
    const auto response =
        fake.send(requestTo("POST", "/v2/rooms", R"({"id":")" + roomId + R"(","defaultAccesses":[]})"), call);
    return response ? Errc{} : response.error().code;
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a delayed response is the real one") {
  fake.delayNext("/v2/rooms", 30ms);
  const auto begun = std::chrono::steady_clock::now();
  CHECK(get("/v2/rooms").status == 200);
  CHECK(std::chrono::steady_clock::now() - begun >= 30ms);
}

TEST_CASE_METHOD(Fixture, "a delay ends at the deadline, and the request has taken effect") {
  fake.delayNext("/v2/rooms", std::chrono::milliseconds(GENERATE(60000LL, std::chrono::milliseconds::max().count())));
  call.deadline = in(20ms);
  CHECK(codeOfCreating("a") == Errc::timeout);
  CHECK(std::chrono::steady_clock::now() >= call.deadline);
  call.deadline = liveblocks::Deadline::max();
  CHECK(codeOfCreating("b") == Errc{});
  CHECK(list("") == std::vector<std::string>{"b", "a"});
}

TEST_CASE_METHOD(Fixture, "cancelling ends a delay") {
  fake.delayNext("/v2/rooms", 1h);
  int polls = 0;
  call.cancelled = [&] { return ++polls > 2; };
  CHECK(codeOfCreating("a") == Errc::cancelled);
}

TEST_CASE_METHOD(Fixture, "a delay applies to a number of requests and a prefix of paths") {
  call.deadline = in(1h);
  fake.delayNext("/v2/rooms/", 1h, 2);
  fake.delayNext("/v2/rooms", 0ms, 0);
  CHECK(get("/v2/rooms").status == 200);
  for (const Errc expected : {Errc::timeout, Errc::timeout, Errc{}}) {
    call.deadline = in(expected == Errc::timeout ? 10ms : 1h);
    const auto response = fake.send(requestTo("GET", "/v2/rooms/a"), call);
    CHECK((response ? Errc{} : response.error().code) == expected);
  }
}

TEST_CASE_METHOD(Fixture, "a prescribed response can be delayed, too") {
  call.deadline = in(20ms);
  fake.failNext("/v2", Error{Errc::reset, "x"}, 2);
  fake.delayNext("/v2", 1h);
  CHECK(codeOfCreating("a") == Errc::timeout);
  call.deadline = in(1h);
  CHECK(codeOfCreating("a") == Errc::reset);
}

TEST_CASE_METHOD(Fixture, "a delayed response does not delay others") {
  fake.delayNext("/v2/rooms/slow", 1h);
  std::atomic<bool> asked{false};
  std::atomic<bool> done{false};
  std::thread slow([&] {
    liveblocks::http::Call mine = call;
    mine.cancelled = [&] {
      asked = true;
      return done.load();
    };
    static_cast<void>(fake.send(requestTo("GET", "/v2/rooms/slow"), mine));
  });
  while (!asked) std::this_thread::yield();
  CHECK(get("/v2/rooms").status == 200);
  done = true;
  slow.join();
}

TEST_CASE_METHOD(Fixture, "clearing the faults removes delays and responses") {
  fake.delayNext("/v2", 1h, 5);
  fake.respondNext("/v2", jsonResponse(418, "{}"), 5);
  fake.clearFaults();
  CHECK(get("/v2/rooms").status == 200);
}

TEST_CASE_METHOD(Fixture, "a successful response can be prescribed") {
  fake.respondNext("/v2/rooms", jsonResponse(200, "[]"), 2);
  fake.failNext("/v2/rooms", jsonResponse(500, "{}"));
  CHECK(get("/v2/rooms/x").body == "[]");
  CHECK(get("/v2/rooms").body == "[]");
  CHECK(get("/v2/rooms").status == 500);
  CHECK(get("/v2/rooms").status == 200);
}

TEST_CASE_METHOD(Fixture, "a delay is not negative") {
  CHECK_THROWS_AS(fake.delayNext("/", -1ms), std::invalid_argument);
}

TEST_CASE("a fake Clerk has delays and prescribed responses") {
  liveblocks::testing::FakeClerk fake;
  const liveblocks::http::Request request{"GET", "https://api.clerk.com/v1/jwks", {}, {}};
  fake.respondNext("/v1/jwks", jsonResponse(200, R"({"keys":[]})"), 2);
  fake.delayNext("/v1/jwks", 1h);
  const auto late = fake.send(request, {std::chrono::steady_clock::now() + 20ms});
  CHECK(late.error().code == Errc::timeout);
  CHECK(fake.send(request, {std::chrono::steady_clock::now() + 1h}).value().body == R"({"keys":[]})");
}
