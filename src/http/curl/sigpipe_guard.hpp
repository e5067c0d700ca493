/// Keeps SIGPIPE away from the calling thread. Does nothing on systems that have no such signal.
#pragma once

#if !defined(_WIN32)
#include <csignal>
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
  explicit SigpipeGuard(bool usesTls) noexcept;
  ~SigpipeGuard();
#endif
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

#if !defined(_WIN32)
 private:
  bool isActive_;
  bool wasPending_ = false;
  sigset_t previousMask_{};
#endif
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
