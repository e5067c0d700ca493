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

/// Completes all asynchronous calls of this program.
inline const std::shared_ptr<liveblocks::testing::ManualScheduler>& scheduler() {
  static const auto made = std::make_shared<liveblocks::testing::ManualScheduler>();
  return made;
}

inline void runAll() { scheduler()->runUntil((liveblocks::Deadline::max)()); }

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

/// What an asynchronous call results in. `begin` makes the call with the callback that it is given.
template <class T, class Begin>
T awaited(const Begin& begin) {
  Outcome<T> outcome;
  begin(outcome.callback());
  CHECK(!outcome.isThere());
  runAll();
  return outcome.get();
}

}  // namespace liveblocks_tests
