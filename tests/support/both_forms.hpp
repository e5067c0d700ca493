/// Runs the cases of a test in both forms of a call: blocking and asynchronous.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include "catch.hpp"

namespace liveblocks_tests {

enum class Form { blocking, asynchronous };

/// One form after the other.
inline Form anyForm() { return GENERATE(Form::blocking, Form::asynchronous); }

/// Keeps the outcome of an asynchronous call, and checks that there is only one.
template <class T>
class Outcome {
 public:
  liveblocks::Callback<T> callback() const {
    return [value = value_](T outcome) {
      CHECK(!*value);
      value->emplace(std::move(outcome));
    };
  }

  bool isThere() const { return value_->has_value(); }
  /// Throws if there is none.
  const T& get() const { return value_->value(); }

 private:
  std::shared_ptr<std::optional<T>> value_ = std::make_shared<std::optional<T>>();
};

/// Completes the asynchronous calls of all fixtures without a scheduler of their own.
inline const std::shared_ptr<liveblocks::testing::ManualScheduler>& scheduler() {
  static const auto made = std::make_shared<liveblocks::testing::ManualScheduler>();
  return made;
}

inline void runAll() { scheduler()->runUntil((liveblocks::Deadline::max)()); }

/// What an asynchronous call results in. `begin` makes the call with the callback that it is given.
template <class T, class Begin>
T awaited(const Begin& begin) {
  Outcome<T> outcome;
  begin(outcome.callback());
  CHECK(!outcome.isThere());
  runAll();
  return outcome.get();
}

/// A member of a fixture with a scheduler of its own: each test of it runs in both forms.
class BothForms {
 public:
  explicit BothForms(Form form = anyForm()) {
    if (form == Form::asynchronous) scheduler_ = std::make_shared<liveblocks::testing::ManualScheduler>();
  }

  bool isAsync() const { return scheduler_ != nullptr; }

  /// For the fakes. Null in the blocking form.
  const std::shared_ptr<liveblocks::testing::ManualScheduler>& scheduler() const { return scheduler_; }

  /// What `block()` returns, or what `start(callback)` hands over.
  template <class T, class Block, class Start>
  T run(const Block& block, const Start& start) const {
    if (!isAsync()) return block();
    return outcomeOf<T>(*scheduler_, start);
  }

  /// What an asynchronous call hands over once its scheduler runs, timers before their time.
  template <class T, class Start>
  static T outcomeOf(liveblocks::testing::ManualScheduler& scheduler, const Start& start) {
    Outcome<T> outcome;
    start(outcome.callback());
    scheduler.run();
    if (!outcome.isThere()) scheduler.runUntil((liveblocks::Deadline::max)());
    return outcome.get();
  }

 private:
  std::shared_ptr<liveblocks::testing::ManualScheduler> scheduler_;
};

}  // namespace liveblocks_tests
