/// What a session token amounts to, and how Clerk's SDK says it.
#pragma once

#include <memory>
#include <string_view>

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/unverified_token.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct SessionVerdict {
  /// An error that stands first in the order of Clerk's SDK: the token cannot be read, it is of another kind, the rest.
  Result<SessionClaims> claims;
  /// Borrowed.
  std::string_view token = {};
  /// Where it was refused, and can be read.
  std::unique_ptr<const UnverifiedToken> refused = {};

  /// Not at the right time: a fresh one may be accepted.
  bool isUntimely() const noexcept;
};

SessionVerdict judgeSession(const RequestContext& context, const SessionRules& rules, std::string_view token,
                            SessionToken::Carrier carrier);

/// Of a verdict that refuses.
Refusal refusalOf(const SessionVerdict& verdict, const RequestContext& context, SessionToken::Carrier carrier);

/// Why a token that can be read is refused, in the words of Clerk's SDK; where those repeat what stands in the token,
/// in our own.
std::string explain(const Error& error, const UnverifiedToken& token, std::chrono::system_clock::time_point now);

/// The word of Clerk's SDK for what is wrong with a token.
std::string_view tokenReason(Errc code) noexcept;

/// Of a token that is of a kind that is not accepted.
Refusal typeMismatch();

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
