#include "clerk/request/session_verdict.hpp"

#include <algorithm>
#include <utility>

#include "clerk/request/refusal.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Carrier = SessionToken::Carrier;

Error unreadable(const Error& error) {
  const bool isSaid = error.code == Errc::tokenTooLarge || error.code == Errc::badEncoding ||
                      error.code == Errc::badJson || error.code == Errc::malformed;
  return isSaid ? error : Error{Errc::malformed, "the token cannot be read"};
}

}  // namespace

bool SessionVerdict::isUntimely() const noexcept {
  if (claims) return false;
  const Errc code = claims.error().code;
  return code == Errc::expired || code == Errc::notYetValid || code == Errc::issuedInFuture;
}

SessionVerdict judgeSession(const RequestContext& context, const SessionRules& rules, std::string_view token,
                            Carrier carrier) {
  const std::string further = context.furtherIssuer();
  auto claims = context.setup().judge.judge(token, rules, {context.now(), carrier, further}, context.deadline());
  if (claims) return {std::move(claims)};
  auto refused = UnverifiedToken::read(token);
  if (refused == nullptr) return {unreadable(claims.error()), {}, std::count(token.begin(), token.end(), '.') == 2};
  if (refused->machineType() || refused->isOfForeignCategory()) return {otherKind(), std::move(refused)};
  return {std::move(claims), std::move(refused)};
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
