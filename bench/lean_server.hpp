/// A stand-in for Liveblocks that costs as little as possible: one thread, one prepared response.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

namespace liveblocks_bench {

/// Responds to each request of each connection with the same token, in a process of its own, so that neither its memory
/// nor its time count as ours. Linux. Made while there is one thread.
class LeanServer {
 public:
  /// On that CPU, and each response as late as that. Throws `std::runtime_error` if the system has no resources for it.
  LeanServer(unsigned cpu, std::chrono::milliseconds delay);
  LeanServer(const LeanServer&) = delete;
  LeanServer& operator=(const LeanServer&) = delete;
  ~LeanServer();

  /// `http://127.0.0.1:port`.
  const std::string& url() const noexcept { return url_; }

 private:
  LeanServer(int listener, unsigned cpu, std::chrono::milliseconds delay);

  std::string url_;
  pid_t process_;
};

}  // namespace liveblocks_bench
