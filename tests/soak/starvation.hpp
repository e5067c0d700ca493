/// How long this process waited for a processor, which is not the library's fault.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "time.hpp"

namespace soak {

/// Thread-safe.
class Starvation {
 public:
  /// Looks how long each thread has waited since the last look.
  void look();

  /// For how long threads that were ready had no processor in that time, one after the other if several waited: each of
  /// them may have been what a call waited for.
  milliseconds within(const Stretch& time);

  /// Whether one of them waited so long that a call of that time may have ended otherwise.
  bool matters(const Stretch& time);

  /// Of the whole run.
  milliseconds total() const;

 private:
  using Nanoseconds = std::chrono::nanoseconds;

  /// Between two looks.
  struct Wait {
    explicit Wait(const Stretch& of) : time(of) {}

    Stretch time;
    /// Of all threads.
    Nanoseconds sum{0};
    /// Of the one that waited longest.
    Nanoseconds longest{0};
  };

  Wait sum(const Stretch& time) const;

  mutable std::mutex mutex_;
  /// By the ids of the threads.
  std::map<std::string, Nanoseconds> waited_;
  Nanoseconds total_{0};
  Moment lastLook_ = Clock::now();
  std::deque<Wait> waits_;
};

}  // namespace soak
