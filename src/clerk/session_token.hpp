/// The search for a session token, for callers that have read the publishable key already.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/session_token.hpp>
#include <liveblocks/core/version.hpp>

#include "clerk/publishable_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct UnverifiedClaims {
  /// `iss`; empty when it is absent or no text.
  std::string issuer;
  /// `iat`; 0 when it is absent or no integer.
  std::int64_t issuedAt = 0;
};

/// nullopt when the token is no compact JWS with one strict JSON object as its payload.
std::optional<UnverifiedClaims> readUnverifiedClaims(std::string_view token);

/// As `findSessionToken()`. Null: no publishable key.
Result<SessionToken> locateSessionToken(const http::RequestView& request, const PublishableKey* instance);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
