/// Waits for sockets.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <poll.h>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/event_loop.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::loop_thread {

/// poll() over sockets of several listeners. All of it but `wake()` belongs to one thread.
class Poller {
 public:
  /// Throws `std::system_error`.
  Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;
  ~Poller();

  /// As `EventLoop::watch()`.
  void watch(EventLoop::Socket socket, SocketEvents events, const std::weak_ptr<EventLoop::Listener>& listener);
  /// Blocks until a socket is ready, that time has come or `wake()` is called; nullopt: without a time.
  void wait(std::optional<Deadline> until);
  /// Tells the listeners what the last wait has found.
  void dispatch();

  /// Ends the wait, or the next one. On any thread.
  void wake() noexcept;

 private:
  void forget(std::size_t place);

  /// What `wake()` writes to, and the first of those that are polled.
  std::array<int, 2> wakers_{-1, -1};
  std::vector<pollfd> polled_;
  /// In the same order.
  std::vector<std::weak_ptr<EventLoop::Listener>> listeners_;
  /// The position in both of each socket; 0 for none.
  std::vector<std::size_t> places_;
  std::vector<pollfd> ready_;
};

}  // namespace http::loop_thread
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
