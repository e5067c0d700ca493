/// Any number of transfers.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/event_loop.hpp>

#include "http/curl/multi.hpp"
#include "http/curl/setup.hpp"
#include "http/curl/sockets.hpp"
#include "http/curl/transfer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Spreads transfers over multi handles: for each one that begins, libcurl searches all connections of its handle to
/// that host. All of it belongs to the loop's thread.
class MultiGroup {
 public:
  /// How many transfers a handle has at most.
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
