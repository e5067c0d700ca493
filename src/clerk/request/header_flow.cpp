#include "clerk/request/header_flow.hpp"

#include "clerk/request/machine_flow.hpp"
#include "clerk/request/refusal.hpp"
#include "clerk/request/session_verdict.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr auto carrier = SessionToken::Carrier::header;

RequestState authenticateSession(const RequestContext& context, std::string_view token) {
  const SessionVerdict verdict = judgeSession(context, context.setup().rules, token, carrier);
  if (!verdict.claims) return signedOut(refusalOf(verdict, context, carrier));
  return signedIn(*verdict.claims, context.setup().options.treatPendingAsSignedOut);
}

/// A header that holds no token counts as a token that cannot be read.
RequestState refuse(const RequestContext& context, const Error& error) {
  const AcceptedTokens& accepted = context.setup().options.acceptsToken;
  if (accepted.only() != nullptr && *accepted.only() != TokenType::sessionToken) {
    return signedOut(typeMismatch(), {}, *accepted.only());
  }
  if (!accepted.accepts(TokenType::sessionToken)) return signedOut(typeMismatch(), {}, std::nullopt);
  return signedOut(refusalOf({error}, context, carrier));
}

}  // namespace

RequestState authenticateByHeader(const RequestContext& context, const Result<std::string_view>& credential) {
  if (!credential) return refuse(context, credential.error());
  const AcceptedTokens& accepted = context.setup().options.acceptsToken;
  const TokenType* const only = accepted.only();
  if (only != nullptr && *only == TokenType::sessionToken) return authenticateSession(context, *credential);

  const TokenType type = machineTokenType(*credential).value_or(TokenType::sessionToken);
  if (only != nullptr && *only != type) return signedOut(typeMismatch(), {}, *only);
  if (!accepted.accepts(type)) return signedOut(typeMismatch(), {}, std::nullopt);
  if (type == TokenType::sessionToken) return authenticateSession(context, *credential);
  return authenticateMachine(context, type, *credential);
}

RequestState withoutMachineToken(TokenType accepted) { return signedOut({"No token in header"}, {}, accepted); }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
