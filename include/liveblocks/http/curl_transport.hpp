/// @file
/// The transport over libcurl. Part of the target `liveblocks::liveblocks`.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <liveblocks/http/event_loop.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// How the transport reaches servers.
struct CurlTransportOptions {
  /// Time to reach the server, TLS included. The deadline of the call bounds it further. More than 0.
  std::chrono::milliseconds connectTimeout{2000};
  /// Connections kept for reuse; calls beyond them open their own. On a loop, as many are kept for each 256 exchanges
  /// that are in flight at once. 0 keeps none.
  std::size_t maxIdleConnections = 16;
  /// URL of a proxy: `http://`, `https://`, `socks5://` or `socks5h://`. Empty: none, and the `*_proxy` environment
  /// variables are not read.
  std::string proxy = {};
  /// File in PEM with the CA certificates to trust in place of the system's. Empty: the system's.
  std::string caFile = {};
  /// Text put before `liveblocks-cpp/<version>` in the `User-Agent` header. Without control characters.
  std::string userAgentPrefix = {};
};

/// Makes a transport with its own pool of connections. Thread-safe; each thread in `send()` holds one connection.
///
/// TLS 1.2 or later with a verified certificate, HTTP/2 where the server has it, no redirects, no cookies, no
/// decompression. Only `https://` is sent, and `http://` to loopback hosts or where `Call::allowInsecureHttp` is set.
/// The header section of a response is limited to 64 KiB and 256 fields. libcurl may run a thread of its own to resolve
/// a name; with libcurl 7.87 or later a hanging resolver does not outlast the deadline. See docs/transport.md. Throws
/// `std::invalid_argument` for an unusable option and `std::runtime_error` when libcurl cannot start, is older than
/// 7.80, or lacks TLS or an asynchronous resolver.
LIVEBLOCKS_EXPORT std::shared_ptr<Transport> makeCurlTransport(const CurlTransportOptions& options = {});

/// As above, and asynchronous calls run on that loop, which must not be null: one thread for any number of exchanges,
/// over connections of their own, which they share where the server speaks HTTP/2. `send()` still blocks its thread, so
/// that it does not belong on the loop's thread. When the loop ends or the transport is destroyed, the exchanges in
/// flight complete with `Errc::cancelled`. See docs/transport.md, "Asynchronous exchanges". Also throws
/// `std::invalid_argument` for null.
LIVEBLOCKS_EXPORT std::shared_ptr<Transport> makeCurlTransport(const CurlTransportOptions& options,
                                                               const std::shared_ptr<EventLoop>& loop);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
