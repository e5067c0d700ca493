// Each store does what the store in memory does, for sequences at random.
#include <memory>
#include <random>
#include <sstream>
#include <string>

#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/webhooks/memory_seen_store.hpp>

#include "catch.hpp"
#include "store_under_test.hpp"

using namespace store_tests;

namespace {

/// Times are multiples of it, so that a test that takes less gets the same on the clock of a server.
constexpr minutes unit{10};

/// Calls both stores, and fails when they differ.
class Comparison {
 public:
  Comparison(StoreUnderTest& under, unsigned seed) : under_(under), store_(under.open()), random_(seed) {}

  void step() {
    const std::string id = "id" + std::to_string(pick(3));
    const std::string holder = "holder" + std::to_string(pick(3));
    switch (pick(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return claim(id, holder, unit * (1 + pick(6)));
      case 4:
      case 5:
        return done(id, holder, hours(28) + unit * pick(12));
      case 6:
      case 7:
        return release(id, holder);
      case 8:
        return pass(unit * pick(200));
      case 9:
        return under_.removeExpired();
      default:
        return pass(unit * (1 + pick(3)));
    }
  }

 private:
  int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }

  void claim(const std::string& id, const std::string& holder, seconds lease) {
    history_ << "claim " << id << " " << holder << " " << lease.count() << "\n";
    INFO(history_.str());
    const auto expected = model_.claim(id, holder, lease, {}).value();
    REQUIRE(store_->claim(id, holder, lease, soon()).value() == expected);
  }
  void done(const std::string& id, const std::string& holder, seconds keep) {
    history_ << "done " << id << " " << holder << " " << keep.count() << "\n";
    INFO(history_.str());
    const auto expected = model_.done(id, holder, keep, {});
    const auto outcome = store_->done(id, holder, keep, soon());
    REQUIRE(outcome.ok() == expected.ok());
    if (!expected) REQUIRE(outcome.error().code == expected.error().code);
  }
  void release(const std::string& id, const std::string& holder) {
    history_ << "release " << id << " " << holder << "\n";
    INFO(history_.str());
    REQUIRE(model_.release(id, holder, {}));
    REQUIRE(store_->release(id, holder, soon()));
  }
  void pass(seconds time) {
    history_ << "pass " << time.count() << "\n";
    clock_->advance(time);
    under_.pass(time);
  }

  StoreUnderTest& under_;
  std::shared_ptr<webhooks::SeenStore> store_;
  std::shared_ptr<liveblocks::testing::ManualClock> clock_ = std::make_shared<liveblocks::testing::ManualClock>();
  webhooks::MemorySeenStore model_{{100, clock_}};
  std::mt19937 random_;
  std::ostringstream history_;
};

}  // namespace

TEST_CASE_METHOD(StoreFixture, "a store does what the store in memory does") {
  constexpr unsigned sequences = 20;
  for (unsigned seed = 1; seed <= sequences; ++seed) {
    CAPTURE(seed);
    under.clear();
    Comparison comparison(under, seed);
    for (int i = 0; i < 150; ++i) comparison.step();
  }
}
