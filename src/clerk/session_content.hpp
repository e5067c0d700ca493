/// The inside of `SessionClaims`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/clerk/session_claims.hpp>

#include "jwt/claims.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct SessionContent {
  explicit SessionContent(std::string payload) : claims(std::move(payload)) {}

  const jwt::Claims claims;
  std::string userId;
  std::string sessionId;
  std::string issuer;
  std::string authorizedParty;
  SessionStatus status = SessionStatus::active;
  std::optional<Organization> organization;
  std::optional<Actor> actor;
  std::optional<std::pair<std::int64_t, std::int64_t>> factorVerificationAge;
  std::string plans;
  std::string features;
  /// Seconds since 1970.
  std::int64_t expiresAt = 0;
  std::optional<std::int64_t> issuedAt;
};

struct SessionClaims::State : SessionContent {
  using SessionContent::SessionContent;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
