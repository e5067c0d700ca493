/// Keeps SIGPIPE away from the calling thread. Does nothing on systems that have no such signal.
#pragma once

#if !defined(_WIN32)
#include <cerrno>
#include <csignal>
#include <ctime>
#endif

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Told to leave signal handlers alone, libcurl before 7.87 writes to broken TLS connections without protection. While
/// the guard lives, SIGPIPE is blocked in this thread; one that came up meanwhile is taken back. Handlers of the
/// process are not touched. Plain connections are written to with MSG_NOSIGNAL, and the guard costs four system calls:
/// it does nothing where there is no TLS.
class SigpipeGuard {
 public:
#if defined(_WIN32)
  explicit SigpipeGuard(bool) noexcept {}
  ~SigpipeGuard() {}
#else
  explicit SigpipeGuard(bool usesTls) noexcept : isActive_(usesTls) {
    if (!isActive_) return;
    wasPending_ = isPending();
    const sigset_t set = sigpipeAlone();
    pthread_sigmask(SIG_BLOCK, &set, &previousMask_);
  }
  ~SigpipeGuard() {
    if (!isActive_) return;
    if (!wasPending_ && isPending()) takePending(sigpipeAlone());
    pthread_sigmask(SIG_SETMASK, &previousMask_, nullptr);
  }
#endif
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

#if !defined(_WIN32)
 private:
  static sigset_t sigpipeAlone() noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
  }

  static bool isPending() noexcept {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
  }

  /// Does not wait where the system can do without: the signal may be one of the whole process, which another thread
  /// can take first.
  static void takePending(const sigset_t& set) noexcept {
#if defined(__APPLE__)
    int taken = 0;
    sigwait(&set, &taken);
#else
    const timespec atOnce{};
    while (sigtimedwait(&set, nullptr, &atOnce) == -1 && errno == EINTR) {
    }
#endif
  }

  bool isActive_;
  bool wasPending_ = false;
  sigset_t previousMask_{};
#endif
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
