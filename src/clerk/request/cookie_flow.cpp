#include "clerk/request/cookie_flow.hpp"

#include <optional>

#include "clerk/request/handshake_resolution.hpp"
#include "clerk/request/handshake_start.hpp"
#include "clerk/request/refusal.hpp"
#include "clerk/request/satellite.hpp"
#include "clerk/request/session_verdict.hpp"
#include "clerk/session_token.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr auto carrier = SessionToken::Carrier::cookie;

Refusal noSession() { return {"session-token-and-uat-missing"}; }

Refusal tooManyCookies() {
  return {"unexpected-error", {}, Error{Errc::malformed, "the request carries more cookies than are read"}};
}

/// Development instances know a browser by a token of its own.
std::optional<RequestState> judgeBrowser(const RequestContext& context) {
  if (!context.setup().isDevelopment()) return std::nullopt;
  if (context.queryParameter("__clerk_db_jwt")) return handshakeOrSignedOut(context, {"dev-browser-sync"});
  if (context.devBrowser().empty()) return handshakeOrSignedOut(context, {"dev-browser-missing"});
  return std::nullopt;
}

/// The session cookie and `__client_uat` must both be there, or neither.
std::optional<RequestState> judgePresence(const RequestContext& context) {
  const bool hasSession = !context.cookies().sessionToken.empty();
  const bool isActive = context.cookies().clientUat != 0;
  if (hasSession && isActive) return std::nullopt;
  if (hasSession) return handshakeOrSignedOut(context, {"session-token-but-no-client-uat"});
  if (isActive) return handshakeOrSignedOut(context, {"client-uat-but-no-session-token"});
  return signedOut(noSession());
}

std::optional<std::int64_t> issuedAt(const SessionVerdict& verdict) {
  if (!verdict.claims) return verdict.refused != nullptr ? verdict.refused->issuedAt() : std::nullopt;
  return verdict.claims->integerClaim("iat");
}

RequestState conclude(const RequestContext& context, const SessionVerdict& verdict) {
  const bool isOtherKind = !verdict.claims && verdict.claims.error().code == Errc::wrongCategory;
  if (const auto issued = issuedAt(verdict); !isOtherKind && issued && *issued < context.cookies().clientUat) {
    return handshakeOrSignedOut(context, {"session-token-iat-before-client-uat"});
  }
  if (verdict.isUntimely()) return handshakeOrSignedOut(context, refusalOf(verdict, context, carrier));
  if (!verdict.claims) return signedOut(refusalOf(verdict, context, carrier));
  if (needsCrossOriginSync(context)) {
    return handshakeOrSignedOut(
        context, {"primary-domain-cross-origin-sync", "Cross-origin request from satellite domain requires handshake"});
  }
  return signedIn(*verdict.claims, context.setup().options.treatPendingAsSignedOut);
}

RequestState judgeToken(const RequestContext& context) {
  const ChosenCookies& cookies = context.cookies();
  if (cookies.verdict != nullptr) return conclude(context, *cookies.verdict);
  return conclude(context, judgeSession(context, context.setup().rules, cookies.sessionToken, carrier));
}

RequestState judgeCookies(const RequestContext& context) {
  for (const auto step : {syncSatellite, answerSatellite, judgeBrowser, judgePresence}) {
    if (auto answer = step(context)) return *std::move(answer);
  }
  return judgeToken(context);
}

/// Of a request whose nonce led nowhere. `rest`: what its cookies amount to.
RequestState withoutHandshake(const RequestState& rest, const Error& failure) {
  if (rest.status() == AuthStatus::signedIn) return rest;
  const Refusal refusal = refusalOfNonce(failure);
  return refusal.error ? signedOut(refusal) : explained(rest, refusal.message);
}

}  // namespace

RequestState authenticateByCookies(const RequestContext& context) {
  if (context.received().cookies.areTooMany()) return signedOut(tooManyCookies());
  HandshakeOutcome handshake = resolveHandshake(context);
  if (handshake.answer) return *std::move(handshake.answer);
  RequestState rest = judgeCookies(context);
  return handshake.failure ? withoutHandshake(rest, *handshake.failure) : rest;
}

RequestState authenticateBySessionCookie(const RequestContext& context, const http::RequestView& request) {
  if (context.received().cookies.areTooMany()) return signedOut(tooManyCookies());
  const auto& instance = context.setup().instance;
  const auto token = locateSessionToken(request, instance ? &*instance : nullptr);
  if (!token && token.error().code == Errc::noToken) return signedOut(noSession());
  if (!token) return signedOut(refusalOf({token.error()}, context, carrier));
  const SessionVerdict verdict = judgeSession(context, context.setup().rules, token->text, carrier);
  if (!verdict.claims) return signedOut(refusalOf(verdict, context, carrier));
  return signedIn(*verdict.claims, context.setup().options.treatPendingAsSignedOut);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
