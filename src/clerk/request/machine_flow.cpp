#include "clerk/request/machine_flow.hpp"

#include <string>
#include <utility>

#include "clerk/opaque_kind.hpp"
#include "clerk/request/refusal.hpp"
#include "clerk/request/unverified_token.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

Refusal refusal(std::string_view reason, std::string_view message, const Error& error) {
  std::string how(" (code=");
  how.append(reason).append(", status=");
  how.append(error.upstreamStatus == 0 ? "n/a" : std::to_string(error.upstreamStatus)).append(")");
  Refusal result{std::string(reason), std::string(message) + how, error};
  if (quotesClaims(error.code)) result.detail = error.message + how;
  return result;
}

/// Of an opaque token.
Refusal refusalOf(const OpaqueKind& kind, const Error& error) {
  if (error.upstreamStatus == 401) return refusal("secret-key-invalid", "Invalid secret key", error);
  if (error.upstreamStatus == 404) return refusal("token-invalid", kind.notFound, error);
  if (error.code == Errc::wrongAudience) return refusal("token-verification-failed", error.message, error);
  if (error.code == Errc::tokenRejected && error.upstreamStatus != 0) {
    return refusal("token-invalid", "Clerk refused the token", error);
  }
  if (error.kind() == ErrorKind::unauthenticated) return refusal("token-invalid", error.message, error);
  return refusal("unexpected-error", "Unexpected error", error);
}

/// Of a JWT.
Refusal refusalOf(const RequestContext& context, std::string_view token, const Error& error) {
  if (error.code == Errc::wrongCategory) return refusal("token-invalid", "Invalid M2M JWT category.", error);
  const auto unverified = UnverifiedToken::read(token);
  const std::string text = unverified != nullptr ? explain(error, *unverified, context.now()) : error.message;
  return refusal("token-verification-failed", text, error);
}

Result<MachineToken> askClerk(const RequestContext& context, const OpaqueKind& kind, std::string_view token) {
  const RequestSetup& setup = context.setup();
  return setup.opaqueTokens.verify(kind, token, setup.machineRules, setup.judge.clock(), context.deadline());
}

Result<MachineToken> checkSignature(const RequestContext& context, TokenType type, std::string_view token) {
  const RequestSetup& setup = context.setup();
  return setup.signedTokens.verify(type, token, setup.judge.keys(), setup.machineRules,
                                   {context.now(), SessionToken::Carrier::header}, context.deadline());
}

}  // namespace

std::optional<TokenType> machineTokenType(std::string_view token) {
  if (const OpaqueKind* const kind = findOpaqueKind(token)) return kind->type;
  const auto unverified = UnverifiedToken::read(token);
  return unverified != nullptr ? unverified->machineType() : std::nullopt;
}

RequestState authenticateMachine(const RequestContext& context, TokenType type, std::string_view token) {
  if (const OpaqueKind* const kind = findOpaqueKind(token)) {
    auto verified = askClerk(context, *kind, token);
    return verified ? signedIn(*std::move(verified)) : signedOut(refusalOf(*kind, verified.error()), {}, type);
  }
  auto verified = checkSignature(context, type, token);
  return verified ? signedIn(*std::move(verified)) : signedOut(refusalOf(context, token, verified.error()), {}, type);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
