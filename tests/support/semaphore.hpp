/// Lets one thread wait for another.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace liveblocks_tests {

class Semaphore {
 public:
  void post() {
    const std::lock_guard lock(mutex_);
    ++count_;
    posted_.notify_one();
  }

  /// Gives up after a while, so that a test that fails ends nevertheless.
  void wait() {
    std::unique_lock lock(mutex_);
    if (posted_.wait_for(lock, std::chrono::seconds(30), [this] { return count_ > 0; })) --count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  int count_ = 0;
};

}  // namespace liveblocks_tests
