/// The inside of `SessionClaims`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/clerk/session_claims.hpp>

#include "clerk/claim_rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct SessionContent : TokenContent {
  using TokenContent::TokenContent;

  std::string sessionId;
  SessionStatus status = SessionStatus::active;
  std::optional<Organization> organization;
  std::optional<Actor> actor;
  std::optional<std::pair<std::int64_t, std::int64_t>> factorVerificationAge;
  std::string plans;
  std::string features;
};

struct SessionClaims::State : SessionContent {
  using SessionContent::SessionContent;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
