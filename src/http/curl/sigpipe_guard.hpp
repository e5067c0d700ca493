/// Keeps SIGPIPE away from the calling thread. The one POSIX-only file of the transport; elsewhere it does nothing.
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
/// process are not touched.
class SigpipeGuard {
 public:
#if defined(_WIN32)
  SigpipeGuard() noexcept {}
  ~SigpipeGuard() {}
#else
  SigpipeGuard() noexcept;
  ~SigpipeGuard();
#endif
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

#if !defined(_WIN32)
 private:
  sigset_t previousMask_{};
  bool wasPending_;
#endif
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
