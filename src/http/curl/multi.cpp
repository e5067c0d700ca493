#include "http/curl/multi.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>

#include "http/curl/sigpipe_guard.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

/// How many exchanges may share a connection of HTTP/2.
constexpr long maxStreams = 1000;

SocketEvents eventsOf(int what) noexcept {
  return {what == CURL_POLL_IN || what == CURL_POLL_INOUT, what == CURL_POLL_OUT || what == CURL_POLL_INOUT};
}

/// Plain connections are written to with MSG_NOSIGNAL; the guard costs three system calls.
void protect(std::optional<SigpipeGuard>& guard, bool usesTls) noexcept {
  if (usesTls) guard.emplace();
}

}  // namespace

Multi::Multi(EventLoop& loop) : loop_(&loop), multi_(curl_multi_init()) {
  if (!multi_) throw std::bad_alloc();
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &onSocket);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, static_cast<void*>(this));
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &onTimer);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, static_cast<void*>(this));
  // Beyond it each exchange makes a connection of its own. The server has a limit, too, and knows better.
  curl_multi_setopt(multi_.get(), CURLMOPT_MAX_CONCURRENT_STREAMS, maxStreams);
}

Multi::~Multi() {
  std::optional<SigpipeGuard> guard;
  protect(guard, usesTls_);
  multi_.reset();
}

bool Multi::add(CURL* easy) noexcept { return curl_multi_add_handle(multi_.get(), easy) == CURLM_OK; }

void Multi::remove(CURL* easy) noexcept {
  std::optional<SigpipeGuard> guard;
  protect(guard, usesTls_);
  curl_multi_remove_handle(multi_.get(), easy);
}

void Multi::onReady(EventLoop::Socket socket, SocketEvents events) noexcept {
  std::optional<SigpipeGuard> guard;
  protect(guard, usesTls_);
  const int what = (events.readable ? CURL_CSELECT_IN : 0) | (events.writable ? CURL_CSELECT_OUT : 0);
  int running = 0;
  curl_multi_socket_action(multi_.get(), socket, what, &running);
}

void Multi::runTimers() noexcept {
  std::optional<SigpipeGuard> guard;
  protect(guard, usesTls_);
  next_.reset();  // libcurl tells the next time if there is one, even if it is the same.
  int running = 0;
  curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
}

std::optional<Multi::Ended> Multi::takeEnded() noexcept {
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left);
  if (message == nullptr) return std::nullopt;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): libcurl's interface.
  return Ended{message->easy_handle, message->data.result};
}

void Multi::limitConnections(std::size_t count) noexcept {
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
  // libcurl takes 0 for a limit that it chooses itself.
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(std::clamp(count, std::size_t{1}, most)));
}

int Multi::onSocket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
  EventLoop* const loop = static_cast<Multi*>(self)->loop_;
  try {
    if (loop != nullptr) loop->watch(socket, eventsOf(what));
  } catch (...) {
    // The transfer ends at its deadline. An error here would end all others too.
  }
  return 0;
}

int Multi::onTimer(CURLM*, long milliseconds, void* self) noexcept {
  std::optional<Deadline>& next = static_cast<Multi*>(self)->next_;
  next.reset();
  if (milliseconds >= 0) next = Deadline::clock::now() + std::chrono::milliseconds(milliseconds);
  return 0;
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
