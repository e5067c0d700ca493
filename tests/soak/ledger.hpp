/// What was counted in a run, and what was wrong.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace soak {

/// Thread-safe.
class Ledger {
 public:
  void count(const std::string& what, std::size_t times = 1);

  /// Keeps the highest value.
  void measure(const std::string& what, long value);

  /// Something was not as the model expects it.
  void problem(const std::string& what, const std::string& expected, const std::string& got);

  /// Without a lock, so that clients can ask at any time.
  bool isRight() const noexcept { return isRight_; }

  std::map<std::string, std::size_t> counts() const;
  std::map<std::string, long> highest() const;
  /// The first ones.
  std::vector<std::string> problems() const;

 private:
  std::atomic<bool> isRight_{true};
  mutable std::mutex mutex_;
  std::map<std::string, std::size_t> counts_;
  std::map<std::string, long> highest_;
  std::vector<std::string> problems_;
};

}  // namespace soak
