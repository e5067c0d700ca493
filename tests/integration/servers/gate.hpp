/// A gate before which threads wait until it is opened.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace liveblocks_tests {

class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    isOpen_ = true;
    changed_.notify_all();
  }

  /// Waits until it is open.
  void pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return isOpen_; });
  }

  /// Waits until so many have come; false if they do not.
  bool await(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return arrived_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool isOpen_ = false;
  int arrived_ = 0;
};

}  // namespace liveblocks_tests
