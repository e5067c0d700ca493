#include "http/curl/sigpipe_guard.hpp"

#if !defined(_WIN32)

#include <cerrno>
#include <ctime>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

sigset_t sigpipeAlone() noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

/// Does not wait where the system can do without: the signal may be one of the whole process, which another thread can
/// take first.
void takePending(const sigset_t& set) noexcept {
#if defined(__APPLE__)
  int taken = 0;
  sigwait(&set, &taken);
#else
  const timespec atOnce{};
  while (sigtimedwait(&set, nullptr, &atOnce) == -1 && errno == EINTR) {
  }
#endif
}

bool isSigpipePending() noexcept {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

SigpipeGuard::SigpipeGuard(bool usesTls) noexcept : isActive_(usesTls) {
  if (!isActive_) return;
  wasPending_ = isSigpipePending();
  const sigset_t set = sigpipeAlone();
  pthread_sigmask(SIG_BLOCK, &set, &previousMask_);
}

SigpipeGuard::~SigpipeGuard() {
  if (!isActive_) return;
  if (!wasPending_ && isSigpipePending()) takePending(sigpipeAlone());
  pthread_sigmask(SIG_SETMASK, &previousMask_, nullptr);
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks

#endif
