/// The two calls that issue tokens: what they send and what they make of the answer.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/liveblocks.hpp>

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

struct TokenCall {
  const LiveblocksState& client;
  /// `/v2/…`
  std::string_view path;
  /// What the body of a failed call names.
  std::string target;

  http::Request request(std::string body) const;
  AuthResponse response(const Result<http::Response>& answer) const;

  /// Sends and maps. Throws `std::logic_error` without a transport, nothing else.
  AuthResponse perform(std::string body, std::optional<Deadline> deadline) const;

 private:
  AuthResponse failed(Error error) const;
  void logWarningHeader(const http::Response& answer) const;
};

/// `POST /v2/authorize-user`
TokenCall authorizeCall(const LiveblocksState& client);

/// `POST /v2/identify-user`
TokenCall identifyCall(const LiveblocksState& client);

/// Throws `std::logic_error` when the client has none.
void requireTransport(const LiveblocksState& client);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
