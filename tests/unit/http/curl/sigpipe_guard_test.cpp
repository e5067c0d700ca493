#include "http/curl/sigpipe_guard.hpp"

#include "catch.hpp"

#if !defined(_WIN32)

#include <array>
#include <cerrno>
#include <csignal>

#include <unistd.h>

using liveblocks::http::curl::SigpipeGuard;

namespace {

bool isBlocked() {
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  return sigismember(&mask, SIGPIPE) == 1;
}

bool isPending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

TEST_CASE("a write to a broken pipe under the guard leaves no signal behind") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  close(ends[0]);
  {
    const SigpipeGuard guard(true);
    CHECK(write(ends[1], "x", 1) == -1);
    CHECK(errno == EPIPE);
    CHECK(isPending());
  }
  close(ends[1]);
  CHECK_FALSE(isPending());
  CHECK_FALSE(isBlocked());
}

TEST_CASE("without TLS the guard leaves the mask alone") {
  const SigpipeGuard guard(false);
  CHECK_FALSE(isBlocked());
}

TEST_CASE("a signal that the host had blocked and pending stays so") {
  sigset_t set;
  sigset_t previous;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &set, &previous);
  raise(SIGPIPE);
  { const SigpipeGuard guard(true); }
  CHECK(isPending());
  CHECK(isBlocked());
  int taken = 0;
  sigwait(&set, &taken);
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
}

#endif
