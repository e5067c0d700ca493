/// The transfers of libcurl on an event loop.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include <curl/curl.h>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/event_loop.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// A multi handle that has its sockets watched by a loop. All of it belongs to the loop's thread. It leaves the loop's
/// timer to its owner.
class Multi {
 public:
  struct Ended {
    CURL* easy;
    CURLcode code;
  };

  /// Throws `std::bad_alloc`.
  explicit Multi(EventLoop& loop);
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;
  /// All transfers have been removed.
  ~Multi();

  /// Lets the transfer begin when the timers run. False for a lack of memory.
  bool add(CURL* easy) noexcept;
  void remove(CURL* easy) noexcept;

  void onReady(EventLoop::Socket socket, SocketEvents events) noexcept;
  /// When `runTimers()` is to be called; nullopt for never.
  std::optional<Deadline> next() const noexcept { return next_; }
  void runTimers() noexcept;
  /// A transfer that has ended and is still to be removed.
  std::optional<Ended> takeEnded() noexcept;

  /// Bounds the connections that are kept and those that are in use together.
  void limitConnections(std::size_t count) noexcept;
  /// From now on connections may use TLS, which writes in a way that raises SIGPIPE.
  void expectTls() noexcept { usesTls_ = true; }
  /// The loop has ended: it is not to be called any more.
  void forgetLoop() noexcept { loop_ = nullptr; }

 private:
  struct Deleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* socketData) noexcept;
  static int onTimer(CURLM* multi, long milliseconds, void* self) noexcept;

  EventLoop* loop_;
  std::unique_ptr<CURLM, Deleter> multi_;
  std::optional<Deadline> next_;
  bool usesTls_ = false;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
