// The options of a line, under the names of `authenticateRequest()` in Clerk's SDK.
#pragma once

#include <map>
#include <memory>
#include <string>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <nlohmann/json.hpp>

namespace inspect_request {

/// What an authenticator is made of.
struct Setup {
  liveblocks::clerk::AuthenticatorOptions options;
  /// @{
  /// Where keys come from, the first that is not empty; without either they are fetched with the secret key.
  std::string jwtKey;
  std::string jwks;
  /// @}
};

/// Throws `json_lines::BadLine` for unknown names and for values of another type.
Setup readOptions(const nlohmann::json& object);

/// By the text they were read from: reading a key costs milliseconds, and most lines of an input have the same.
using KnownKeys = std::map<std::string, liveblocks::clerk::KeySource>;

/// Throws `json_lines::BadLine` without any key, and what the library throws for options it cannot use.
liveblocks::clerk::RequestAuthenticator makeAuthenticator(
    const Setup& setup, KnownKeys& keys, const std::shared_ptr<liveblocks::http::Transport>& transport);

}  // namespace inspect_request
