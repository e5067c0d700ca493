/// What a token says of itself before anyone has verified it: good for choosing between two, never for believing one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
