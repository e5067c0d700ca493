/// @file
/// How calls that complete on other threads reach a thread of the adapter of Pistache. Header-only.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// Tasks for a thread, which waits for a socket. Thread-safe.
class PistacheMailbox {
 public:
  /// Throws `std::system_error` if the system has no more descriptors.
  PistacheMailbox() {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_.data()) != 0) {
      throw std::system_error(errno, std::generic_category(), "socketpair");
    }
  }
  PistacheMailbox(const PistacheMailbox&) = delete;
  PistacheMailbox& operator=(const PistacheMailbox&) = delete;
  ~PistacheMailbox() { ::close(ends_[1]); }

  /// Becomes readable when there are tasks. Pistache closes it.
  int descriptor() const noexcept { return ends_[0]; }

  void post(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    // A full socket is readable already.
    if (tasks_.size() == 1) ::send(ends_[1], "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
  }

  bool isEmpty() {
    const std::lock_guard lock(mutex_);
    return tasks_.empty();
  }

  /// On the thread.
  void run() {
    std::vector<std::function<void()>> tasks;
    {
      const std::lock_guard lock(mutex_);
      tasks.swap(tasks_);
    }
    for (const auto& task : tasks) task();
  }

 private:
  std::array<int, 2> ends_{};
  std::mutex mutex_;
  std::vector<std::function<void()>> tasks_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
