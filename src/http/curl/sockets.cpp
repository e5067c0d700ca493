#include "http/curl/sockets.hpp"

#include <unistd.h>

#include <algorithm>
#include <limits>

#if defined(__linux__)
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

bool areAny(SocketEvents events) noexcept { return events.readable || events.writable; }

bool areEqual(SocketEvents left, SocketEvents right) noexcept {
  return left.readable == right.readable && left.writable == right.writable;
}

void limitSilence([[maybe_unused]] curl_socket_t socket, [[maybe_unused]] std::chrono::milliseconds limit) noexcept {
#if defined(__linux__)
  using Count = std::chrono::milliseconds::rep;
  const auto value = static_cast<unsigned int>(std::min<Count>(limit.count(), std::numeric_limits<int>::max()));
  static_cast<void>(::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &value, sizeof value));
#endif
}

}  // namespace

CURLcode Sockets::observe(CURL* easy) noexcept {
  void* const self = this;
  CURLcode code = curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &onOpened);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, self);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &onClosing);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, self);
  return code;
}

void Sockets::watch(Multi& multi, EventLoop::Socket socket, SocketEvents events, bool hasResponded) noexcept {
  try {
    Watch& watch = watches_[socket];
    watch.multi = &multi;
    // libcurl says when it closes a connection that has been made. Before 8.1 it does not for others, whose number may
    // be that of another socket next.
    const bool isClosingTold = watch.isConnection && hasResponded;
    // One that is writable would be reported all the time.
    watch.isKept = isClosingTold && !areAny(events) && watch.events && !watch.events->writable;
    if (watch.isKept) return;
    tell(socket, watch, events);
    if (!areAny(events) && !isClosingTold) watches_.erase(socket);
  } catch (...) {
    // The transfer ends at its deadline. To fail here would end all others, too.
  }
}

Multi* Sockets::listenerOf(EventLoop::Socket socket) noexcept {
  const auto found = watches_.find(socket);
  if (found == watches_.end()) return nullptr;
  Watch& watch = found->second;
  if (!watch.isKept) return watch.multi;
  tell(socket, watch, {});
  return nullptr;
}

void Sockets::rest() noexcept {
  for (auto& [socket, watch] : watches_) {
    if (watch.isKept) tell(socket, watch, {});
  }
}

void Sockets::forget(const Multi& multi) noexcept {
  for (auto watch = watches_.begin(); watch != watches_.end();) {
    if (watch->second.multi == &multi) {
      tell(watch->first, watch->second, {});
      watch = watches_.erase(watch);
    } else {
      ++watch;
    }
  }
}

int Sockets::onOpened(void* self, curl_socket_t socket, curlsocktype) noexcept {
  auto& sockets = *static_cast<Sockets*>(self);
  limitSilence(socket, sockets.silence_);
  try {
    Watch& watch = sockets.watches_[socket];
    sockets.tell(socket, watch, {});
    watch = {};
    watch.isConnection = true;
  } catch (...) {
    // The loop is told whenever libcurl wants nothing.
  }
  return CURL_SOCKOPT_OK;
}

int Sockets::onClosing(void* self, curl_socket_t socket) noexcept {
  auto& sockets = *static_cast<Sockets*>(self);
  const auto found = sockets.watches_.find(socket);
  if (found != sockets.watches_.end()) {
    sockets.tell(socket, found->second, {});
    sockets.watches_.erase(found);
  }
  return ::close(socket);
}

void Sockets::tell(EventLoop::Socket socket, Watch& watch, SocketEvents events) noexcept {
  if (watch.events && areEqual(*watch.events, events)) return;
  watch.events.reset();
  if (tryToWatch(socket, events)) {
    watch.events = events;
  } else if (areAny(events) && tryToWatch(socket, {})) {
    // The transfer ends at its deadline. Meanwhile the socket does not keep the loop busy.
    watch.events = SocketEvents();
  }
}

bool Sockets::tryToWatch(EventLoop::Socket socket, SocketEvents events) noexcept {
  try {
    if (loop_ != nullptr) loop_->watch(socket, events);
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
