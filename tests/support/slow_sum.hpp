/// An object with asynchronous methods in the form of the library's, which end when a test says so.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/cancellation.hpp>

namespace liveblocks_tests {

/// An outcome that has no default constructor.
struct Sum {
  explicit Sum(int number) : value(number) {}
  int value;
};

class SlowSum {
 public:
  /// Completes with the sum when `finish()` is called, or with -1 when it is cancelled. Throws for negative numbers.
  void addAsync(int left, const int& right, liveblocks::Callback<Sum> done,
                const liveblocks::AsyncOptions& options = {}) {
    if (left < 0 || right < 0) throw std::invalid_argument("a number is negative");
    deadline_ = options.deadline;
    finish_ = [sum = left + right, done = std::move(done)](bool isCancelled) { done(Sum(isCancelled ? -1 : sum)); };
    registration_ = options.cancellation.onCancelled([this] { end(true); });
  }

  /// As a transport that can only block: completes at once.
  void nameAsync(liveblocks::Callback<std::string> done, const liveblocks::AsyncOptions& = {}) const {
    const auto callback = std::move(done);
    callback("sum");
  }

  void finish() { end(false); }

  /// Finishes on another thread.
  void finishElsewhere() {
    std::thread([this] { finish(); }).join();
  }

  std::optional<liveblocks::Deadline> deadline() const { return deadline_; }

  bool isRunning() const { return finish_ != nullptr; }

 private:
  void end(bool isCancelled) {
    if (const auto finish = std::exchange(finish_, nullptr)) finish(isCancelled);
  }

  std::optional<liveblocks::Deadline> deadline_;
  std::function<void(bool isCancelled)> finish_;
  liveblocks::CancellationRegistration registration_;
};

}  // namespace liveblocks_tests
