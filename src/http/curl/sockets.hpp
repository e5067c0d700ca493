/// The sockets of libcurl's transfers on an event loop.
#pragma once

#include <chrono>
#include <optional>
#include <unordered_map>

#include <curl/curl.h>

#include <liveblocks/http/event_loop.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

class Multi;

/// Has a loop watch sockets. Those of kept connections stay watched while others are in use: to stop and to begin again
/// costs up to three system calls an exchange. All of it belongs to the loop's thread.
class Sockets {
 public:
  /// A connection ends when the other side has acknowledged nothing for the time of `silence`, where the system can
  /// tell: libcurl cannot, because many exchanges keep such a connection in use.
  Sockets(EventLoop& loop, std::chrono::milliseconds silence) noexcept : loop_(&loop), silence_(silence) {}
  Sockets(const Sockets&) = delete;
  Sockets& operator=(const Sockets&) = delete;
  ~Sockets() = default;

  /// Learns when connections of the handle are opened and closed. It is to outlive them.
  CURLcode observe(CURL* easy) noexcept;

  /// What a multi handle wants from now on; without any events, for now. `hasResponded`: the server of the transfer
  /// that uses the socket has.
  void watch(Multi& multi, EventLoop::Socket socket, SocketEvents events, bool hasResponded) noexcept;
  /// Who wants to know that the socket is ready. Null if nobody does: it is not watched any longer.
  Multi* listenerOf(EventLoop::Socket socket) noexcept;
  /// No socket of a kept connection is watched any longer, since it would keep the loop busy.
  void rest() noexcept;
  /// The handle has ended, and has closed its sockets.
  void forget(const Multi& multi) noexcept;
  /// The loop has ended: it is not to be called any more.
  void forgetLoop() noexcept { loop_ = nullptr; }

 private:
  struct Watch {
    Multi* multi = nullptr;
    /// What the loop has been told; nullopt if that failed.
    std::optional<SocketEvents> events = SocketEvents();
    /// Whether it was opened for a connection, and not for a resolver.
    bool isConnection = false;
    /// Whether it stays watched although libcurl wants nothing.
    bool isKept = false;
  };

  static int onOpened(void* self, curl_socket_t socket, curlsocktype purpose) noexcept;
  static int onClosing(void* self, curl_socket_t socket) noexcept;

  void tell(EventLoop::Socket socket, Watch& watch, SocketEvents events) noexcept;
  bool tryToWatch(EventLoop::Socket socket, SocketEvents events) noexcept;

  EventLoop* loop_;
  std::chrono::milliseconds silence_;
  std::unordered_map<EventLoop::Socket, Watch> watches_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
