/// Runs a test once with blocking calls and once with their asynchronous twins.
#pragma once

#include <liveblocks/testing/manual_scheduler.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "catch.hpp"

namespace liveblocks_tests {

/// A member of a fixture: each test of it runs in both forms.
class BothForms {
 public:
  BothForms() : BothForms(GENERATE(false, true)) {}
  /// One of the forms.
  explicit BothForms(bool isAsync) : isAsync_(isAsync) {
    if (isAsync_) scheduler_ = std::make_shared<liveblocks::testing::ManualScheduler>();
  }

  bool isAsync() const { return isAsync_; }

  /// For the fakes. Null in the blocking form.
  const std::shared_ptr<liveblocks::testing::ManualScheduler>& scheduler() const { return scheduler_; }

  /// What `block()` returns, or what `start(callback)` hands over.
  template <class T, class Block, class Start>
  T run(const Block& block, const Start& start) const {
    if (!isAsync_) return block();
    return outcomeOf<T>(*scheduler_, start);
  }

  /// What an asynchronous call hands over once its scheduler runs, timers before their time.
  template <class T, class Start>
  static T outcomeOf(liveblocks::testing::ManualScheduler& scheduler, const Start& start) {
    const auto outcome = std::make_shared<std::optional<T>>();
    int calls = 0;
    start([outcome, &calls](T value) {
      outcome->emplace(std::move(value));
      ++calls;
    });
    scheduler.run();
    if (calls == 0) scheduler.runUntil((liveblocks::Deadline::max)());
    REQUIRE(calls == 1);
    return **outcome;
  }

 private:
  bool isAsync_;
  std::shared_ptr<liveblocks::testing::ManualScheduler> scheduler_;
};

}  // namespace liveblocks_tests
