/// @file
/// The transport over libcurl. Part of the target `liveblocks::liveblocks`.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// How the transport reaches servers.
struct CurlTransportOptions {
  /// Time to reach the server, TLS included. The deadline of the call bounds it further.
  std::chrono::milliseconds connectTimeout{2000};
  /// Connections kept for reuse; calls beyond them open their own.
  std::size_t maxIdleConnections = 16;
  /// URL of a proxy. Empty: none, and the `*_proxy` environment variables are not read.
  std::string proxy = {};
  /// File in PEM with the CA certificates to trust in place of the system's. Empty: the system's.
  std::string caFile = {};
  /// Text put before `liveblocks-cpp/<version>` in the `User-Agent` header.
  std::string userAgentPrefix = {};
};

/// Makes a transport with its own pool of connections. Thread-safe; each thread in `send()` holds one connection.
///
/// TLS 1.2 or later with a verified certificate, HTTP/2 where the server has it, no redirects, no cookies, no
/// decompression. Only `https://` is sent, and `http://` to loopback hosts or where `Call::allowInsecureHttp` is set.
/// The header section of an answer is limited to 64 KiB and 256 fields. libcurl may run a thread of its own to resolve
/// a name; with libcurl 7.87 or later a hanging resolver does not outlast the deadline. See docs/transport.md. Throws
/// `std::invalid_argument` for an unusable option and `std::runtime_error` when libcurl cannot start.
LIVEBLOCKS_EXPORT std::shared_ptr<Transport> makeCurlTransport(const CurlTransportOptions& options = {});

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
