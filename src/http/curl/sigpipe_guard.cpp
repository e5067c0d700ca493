#include "http/curl/sigpipe_guard.hpp"

#if !defined(_WIN32)

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

bool isSigpipePending() noexcept {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

SigpipeGuard::SigpipeGuard() noexcept : wasPending_(isSigpipePending()) {
  const sigset_t set = sigpipeAlone();
  pthread_sigmask(SIG_BLOCK, &set, &previousMask_);
}

SigpipeGuard::~SigpipeGuard() {
  if (!wasPending_ && isSigpipePending()) {
    const sigset_t set = sigpipeAlone();
    int taken = 0;
    sigwait(&set, &taken);
  }
  pthread_sigmask(SIG_SETMASK, &previousMask_, nullptr);
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks

#endif
