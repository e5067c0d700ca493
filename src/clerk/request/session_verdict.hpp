/// What a session token amounts to.
#pragma once

#include <memory>
#include <string_view>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/request/context.hpp"
#include "clerk/request/unverified_token.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct SessionVerdict {
  /// An error that stands first in the order of Clerk's SDK: the token cannot be read, it is of another kind, the rest.
  Result<SessionClaims> claims;
  /// Where it was refused, and can be read.
  std::unique_ptr<const UnverifiedToken> refused = {};
  /// Of a token that cannot be read.
  bool hasThreeParts = false;

  /// Not at the right time: a fresh one may be accepted.
  bool isUntimely() const noexcept;
};

SessionVerdict judgeSession(const RequestContext& context, const SessionRules& rules, std::string_view token,
                            SessionToken::Carrier carrier);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
