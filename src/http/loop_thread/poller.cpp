#include "http/loop_thread/poller.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::loop_thread {
namespace {

std::array<int, 2> socketPair() {
  std::array<int, 2> pair{};
#if defined(SOCK_CLOEXEC) && defined(SOCK_NONBLOCK)
  const int type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
#else
  const int type = SOCK_STREAM;
#endif
  if (::socketpair(AF_UNIX, type, 0, pair.data()) != 0) throw std::system_error(errno, std::generic_category());
#if !defined(SOCK_CLOEXEC) || !defined(SOCK_NONBLOCK)
  for (const int end : pair) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
#endif
  return pair;
}

short flagsOf(SocketEvents events) noexcept {
  return static_cast<short>((events.readable ? POLLIN : 0) | (events.writable ? POLLOUT : 0));
}

/// Errors are reported to those who read as to those who write.
SocketEvents eventsOf(const pollfd& ready) noexcept {
  const bool failed = (ready.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
  return {(ready.events & POLLIN) != 0 && (failed || (ready.revents & POLLIN) != 0),
          (ready.events & POLLOUT) != 0 && (failed || (ready.revents & POLLOUT) != 0)};
}

/// Rounded up, so that the time has come afterwards.
int millisecondsUntil(std::optional<Deadline> until) noexcept {
  if (!until) return -1;
  const auto now = Deadline::clock::now();
  if (*until <= now) return 0;
  const auto left = std::min<Deadline::duration>(*until - now, std::chrono::hours(1));
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
}

}  // namespace

Poller::Poller() : wakers_(socketPair()), polled_{{wakers_[1], POLLIN, 0}}, listeners_(1) {}

Poller::~Poller() {
  for (const int end : wakers_) ::close(end);
}

void Poller::watch(EventLoop::Socket socket, SocketEvents events, const std::weak_ptr<EventLoop::Listener>& listener) {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= places_.size()) places_.resize(index + 1);
  const std::size_t place = places_[index];
  if (flagsOf(events) == 0) {
    if (place != 0) forget(place);
  } else if (place != 0) {
    polled_[place].events = flagsOf(events);
    listeners_[place] = listener;
  } else {
    if (polled_.size() == polled_.capacity()) polled_.reserve(2 * polled_.size() + 16);
    listeners_.push_back(listener);
    polled_.push_back({socket, flagsOf(events), 0});
    places_[index] = polled_.size() - 1;
  }
}

void Poller::forget(std::size_t place) {
  places_[static_cast<std::size_t>(polled_.back().fd)] = place;
  places_[static_cast<std::size_t>(polled_[place].fd)] = 0;
  std::swap(polled_[place], polled_.back());
  std::swap(listeners_[place], listeners_.back());
  polled_.pop_back();
  listeners_.pop_back();
}

void Poller::wait(std::optional<Deadline> until) {
  ready_.clear();
  int count = ::poll(polled_.data(), static_cast<nfds_t>(polled_.size()), millisecondsUntil(until));
  for (auto entry = polled_.begin(); count > 0 && entry != polled_.end(); ++entry) {
    if (entry->revents == 0) continue;
    --count;
    ready_.push_back(*entry);
  }
  if (ready_.empty() || ready_.front().fd != wakers_[1]) return;
  ready_.erase(ready_.begin());
  std::array<char, 64> bytes{};
  while (::recv(wakers_[1], bytes.data(), bytes.size(), 0) > 0) {
  }
}

void Poller::dispatch() {
  for (const pollfd& ready : ready_) {
    // A listener before may have had it forgotten, or wants to hear something else now.
    const std::size_t place = places_[static_cast<std::size_t>(ready.fd)];
    if (place == 0) continue;
    const SocketEvents events = eventsOf({ready.fd, polled_[place].events, ready.revents});
    if (!events.readable && !events.writable) continue;
    if (const auto listener = listeners_[place].lock()) {
      listener->onReady(ready.fd, events);
    } else {
      forget(place);
    }
  }
}

void Poller::wake() noexcept { static_cast<void>(::send(wakers_[0], "", 1, 0)); }

}  // namespace http::loop_thread
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
