/// How long this process waited for a processor, which is not the library's fault.
#pragma once

#include <cstdint>
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

  /// For how long of that time a thread that was ready had no processor. Of several such threads the longest wait
  /// counts.
  milliseconds within(const Stretch& time);

  /// Whether it was so long that a call of that time may have ended otherwise.
  bool matters(const Stretch& time);

  /// Of the whole run.
  milliseconds total() const;

 private:
  using Nanoseconds = std::uint64_t;

  mutable std::mutex mutex_;
  /// By the ids of the threads.
  std::map<std::string, Nanoseconds> waited_;
  milliseconds total_{0};
  Stretches stretches_;
};

}  // namespace soak
