/// @file
/// The socket of a connection of the adapter of Pistache. Header-only.
#pragma once

#include <linux/sockios.h>
#include <pistache/http.h>
#include <pistache/peer.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstddef>
#include <memory>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// Used on the thread of the peer only: Pistache closes the descriptor there, when it lets go of the peer.
class PistacheSocket {
 public:
  explicit PistacheSocket(const std::shared_ptr<Pistache::Tcp::Peer>& peer) : peer_(peer) {
    // So that responses seldom have to wait for the client, during which Pistache serves nobody else.
    const int size = 1 << 22;
    ::setsockopt(peer->fd(), SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  }

  /// Null when the connection has ended.
  std::shared_ptr<Pistache::Tcp::Peer> peer() const { return peer_.lock(); }
  bool isOpen() const { return !peer_.expired(); }
  void forget() { peer_.reset(); }

  /// Sends all, or returns false: a client that does not read is not waited for.
  bool send(std::string_view bytes) const {
    const auto to = peer();
    if (!to) return false;
    const auto sent = ::send(to->fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent >= 0 && static_cast<std::size_t>(sent) == bytes.size();
  }

  /// How many bytes the client has not acknowledged.
  int unsent() const {
    int size = 0;
    const auto of = peer();
    return of && ::ioctl(of->fd(), SIOCOUTQ, &size) == 0 ? size : 0;
  }

  /// `SHUT_RDWR` makes Pistache close the connection.
  void shutDown(int how) const {
    if (const auto of = peer()) ::shutdown(of->fd(), how);
  }

  /// Pistache closes what it believes to be idle for long.
  void keepAlive() const {
    if (const auto of = peer()) Pistache::Http::Handler::getParser(of)->reset();
  }

 private:
  std::weak_ptr<Pistache::Tcp::Peer> peer_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
