/// Transfers of libcurl that share connections.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <curl/curl.h>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/event_loop.hpp>

#include "http/curl/setup.hpp"
#include "http/curl/sockets.hpp"
#include "http/curl/transfer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// A multi handle whose sockets are watched by a loop. All of it belongs to the loop's thread. It leaves the loop's
/// timer to its owner.
class Multi {
 public:
  struct Ended {
    CURL* easy;
    CURLcode code;
  };

  /// Borrows both. Throws `std::bad_alloc`.
  Multi(const Settings& settings, Sockets& sockets);
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;
  /// All transfers have been removed.
  ~Multi();

  /// Lets the transfer begin when the timers run. False for a lack of memory.
  bool add(Transfer& transfer) noexcept;
  void remove(Transfer& transfer) noexcept;
  /// How many transfers it has.
  std::size_t size() const noexcept { return size_; }

  void onReady(EventLoop::Socket socket, SocketEvents events) noexcept;
  /// When `runTimers()` is to be called; nullopt for never.
  std::optional<Deadline> next() const noexcept { return next_; }
  void runTimers() noexcept;
  /// A transfer that has ended and is still to be removed.
  std::optional<Ended> takeEnded() noexcept;

 private:
  struct Deleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* socketData) noexcept;
  static int onTimer(CURLM* multi, long milliseconds, void* self) noexcept;

  /// Learns of libcurl's sockets and timers. False if it refuses to tell.
  bool observe() noexcept;
  void act(curl_socket_t socket, int what) noexcept;
  void boundConnections() noexcept;

  const Settings& settings_;
  Sockets& sockets_;
  std::unique_ptr<CURLM, Deleter> multi_;
  std::size_t size_ = 0;
  std::optional<Deadline> next_;
  /// Whether connections may use TLS, which writes in a way that raises SIGPIPE.
  bool usesTls_ = false;
  bool mayHaveEnded_ = false;
  /// Whether a transfer has closed a socket without a response, and may try the next address of its host.
  bool mayHaveMovedOn_ = false;
};

/// Spreads any number of transfers over multi handles: for each one that begins, libcurl searches all connections of
/// its handle to that host. All of it belongs to the loop's thread.
class MultiGroup {
 public:
  /// How many transfers a handle has at most. With libcurl before 8.1 all of them are looked at whenever one has failed
  /// before its response.
  static constexpr std::size_t maxTransfers = 256;

  /// Borrows both.
  MultiGroup(const Settings& settings, EventLoop& loop);
  MultiGroup(const MultiGroup&) = delete;
  MultiGroup& operator=(const MultiGroup&) = delete;
  /// All transfers have been removed.
  ~MultiGroup() = default;

  /// What transfers are to be observed by.
  Sockets& sockets() noexcept { return sockets_; }

  /// As the functions of `Multi`.
  /// @{
  bool add(Transfer& transfer) noexcept;
  void remove(Transfer& transfer) noexcept;
  void onReady(EventLoop::Socket socket, SocketEvents events) noexcept;
  std::optional<Deadline> next() const noexcept;
  void runTimers(Deadline now) noexcept;
  std::optional<Multi::Ended> takeEnded() noexcept;
  /// @}

  /// No transfer is left: what only many of them need is given up, and no socket keeps the loop busy.
  void rest() noexcept;

 private:
  Multi& firstWithRoom();
  void dropIdle() noexcept;

  const Settings& settings_;
  Sockets sockets_;
  std::vector<std::unique_ptr<Multi>> multis_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
