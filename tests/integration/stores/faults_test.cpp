// Stores whose server or file does not respond.
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "store_under_test.hpp"

using namespace store_tests;

namespace {

struct FaultsFixture : StoreFixture {
  ServerUnderTest& server = dynamic_cast<ServerUnderTest&>(under);
  /// An id that is done, the reply for which is another one than for new ids.
  FaultsFixture() { REQUIRE(done("known", "one")); }

  Errc errorOf(const std::string& id, Deadline deadline) const {
    const auto state = store->claim(id, "one", minutes(1), deadline);
    REQUIRE_FALSE(state);
    return state.error().code;
  }
};

Deadline inMilliseconds(int count) { return std::chrono::steady_clock::now() + milliseconds(count); }

}  // namespace

TEST_CASE_METHOD(FaultsFixture, "a server that stalls is a timeout, and its late reply is nobody's") {
  server.stall();
  CHECK(errorOf("known", inMilliseconds(100)) == Errc::timeout);
  CHECK(store->done("known", "one", hours(72), inMilliseconds(50)).error().code == Errc::timeout);
  CHECK(store->release("known", "one", inMilliseconds(50)).error().code == Errc::timeout);
  CHECK(under.open()->claim("known", "one", minutes(1), inMilliseconds(100)).error().code == Errc::timeout);
  server.resume();
  CHECK(claim("new", "one") == SeenState::fresh);
  CHECK(claim("known", "one") == SeenState::done);
  CHECK(claim("newer", "two") == SeenState::fresh);
}

TEST_CASE_METHOD(FaultsFixture, "calls that wait for others respect their deadline") {
  server.stall();
  std::vector<std::thread> threads;
  std::vector<Errc> codes(12);
  threads.reserve(codes.size());
  for (Errc& code : codes) {
    threads.emplace_back([&] {
      const auto state = store->claim("known", "one", minutes(1), inMilliseconds(100));
      code = state ? Errc::internal : state.error().code;
    });
  }
  for (std::thread& thread : threads) thread.join();
  server.resume();
  CHECK(codes == std::vector<Errc>(codes.size(), Errc::timeout));
  CHECK(claim("new", "one") == SeenState::fresh);
}

TEST_CASE_METHOD(FaultsFixture, "a server that recovers before the deadline replies") {
  server.stall();
  std::thread later([this] {
    std::this_thread::sleep_for(milliseconds(50));
    server.resume();
  });
  const auto state = store->claim("known", "one", minutes(1), soon());
  later.join();
  CHECK(state.value() == SeenState::done);
}

TEST_CASE_METHOD(FaultsFixture, "nothing is sent after the deadline") {
  CHECK(errorOf("new", Deadline()) == Errc::timeout);
  CHECK(errorOf("new", Deadline::min()) == Errc::timeout);
  CHECK(claim("new", "two") == SeenState::fresh);
}

TEST_CASE_METHOD(FaultsFixture, "a call may have no deadline") {
  CHECK(store->claim("new", "one", minutes(1), Deadline::max()).value() == SeenState::fresh);
}

TEST_CASE_METHOD(FaultsFixture, "a server that is down is an error, and is found again") {
  server.stop();
  const auto other = under.open();
  const auto state = other->claim("new", "one", minutes(1), soon());
  server.start();
  REQUIRE_FALSE(state);
  CHECK(state.error().kind() == liveblocks::ErrorKind::unavailable);
  CHECK(state.error().code != Errc::timeout);
  CHECK(other->claim("new", "one", minutes(1), soon()).value() == SeenState::fresh);
}

TEST_CASE_METHOD(FaultsFixture, "a server that was restarted is not noticed") {
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int id = 0; id < 20; ++id) claim("id" + std::to_string(id), "holder" + std::to_string(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  server.stop();
  server.start();
  for (int i = 0; i < 6; ++i) CHECK(claim("new" + std::to_string(i), "one") == SeenState::fresh);
}
