/// Moments and stretches of a run.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <vector>

namespace soak {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;
using std::chrono::milliseconds;

struct Stretch {
  Moment begin;
  Moment end;

  bool overlaps(const Stretch& other) const { return begin <= other.end && other.begin <= end; }
};

/// Stretches of which one may be open. Thread-safe; forgets what is long past.
class Stretches {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    push({Clock::now(), (Moment::max)()});
  }

  void close() {
    const std::lock_guard lock(mutex_);
    list_.back().end = Clock::now();
  }

  void add(const Stretch& stretch) {
    const std::lock_guard lock(mutex_);
    push(stretch);
  }

  bool overlap(const Stretch& other) const {
    const std::lock_guard lock(mutex_);
    return std::any_of(list_.begin(), list_.end(), [&](const Stretch& each) { return each.overlaps(other); });
  }

 private:
  static constexpr std::size_t maxSize = 1024;

  void push(const Stretch& stretch) {
    if (list_.size() == maxSize) list_.erase(list_.begin());
    list_.push_back(stretch);
  }

  mutable std::mutex mutex_;
  std::vector<Stretch> list_;
};

}  // namespace soak
