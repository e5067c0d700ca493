// A line of input: a request, and the options of the authenticator that judges it.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <nlohmann/json.hpp>

namespace inspect_request {

/// A response of the Backend API that the line supplies.
struct CannedResponse {
  std::string method;
  /// With the query, as in `/v1/clients/handshake_payload?nonce=abc`.
  std::string path;
  liveblocks::http::Response response;
};

/// What an authenticator is constructed from.
struct Setup {
  liveblocks::clerk::RequestAuthenticatorOptions options;
  /// @{
  /// Where keys come from: the first that is not empty. If both are empty, keys are fetched with the secret key.
  std::string jwtKey;
  std::string jwks;
  /// @}
};

struct RequestLine {
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  /// nullopt means the current time.
  std::optional<std::chrono::system_clock::time_point> now;
  Setup setup;
  std::vector<CannedResponse> backend;
};

/// Reads the members of a line. Throws `json_lines::BadLine`.
RequestLine readRequestLine(const nlohmann::json& line);

/// Key sources by the string they were read from. Parsing a key takes milliseconds, and most lines repeat the same key.
using KnownKeys = std::map<std::string, liveblocks::clerk::KeySource>;

/// Throws `json_lines::BadLine` if there is no key, and whatever the library throws for invalid options.
liveblocks::clerk::RequestAuthenticator makeAuthenticator(
    const Setup& setup, KnownKeys& keys, const std::shared_ptr<liveblocks::http::Transport>& transport);

}  // namespace inspect_request
