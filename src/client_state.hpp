/// What a client of the Liveblocks API is made of.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <liveblocks/core/log.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What the copies of a client share.
struct LiveblocksState {
  Secret secretKey;
  std::string baseUrl;
  /// The base URL is that of a local dev server, so a failure has a likely cause.
  bool localDevServer;
  bool allowInsecureHttp;
  std::chrono::milliseconds timeout;
  bool retry;
  Log log;
  std::shared_ptr<http::Transport> transport;
};

/// Throws `std::logic_error` when the client has none.
void requireTransport(const LiveblocksState& client);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
