#include "clerk/request/authentication.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "clerk/opaque_tokens.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/request/handshake.hpp"
#include "clerk/request/unverified_token.hpp"
#include "core/logging.hpp"
#include "core/text.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

Result<MachineToken> verifyJwt(const RequestContext& context, TokenType type, std::string_view token) {
  const RequestSetup& setup = context.setup();
  return setup.machineJwts.verify(type, token, setup.machineClaims, {context.now(), SessionToken::Carrier::header},
                                  [&](const SessionKeys::KeyId& keyId) { return context.resources().findKey(keyId); });
}

/// The type of a machine token, by its prefix or its unverified claims; nullopt for other tokens.
std::optional<TokenType> machineTokenType(std::string_view token) {
  if (const OpaqueKind* const kind = findOpaqueKind(token)) return kind->type;
  const auto unverified = UnverifiedToken::read(token);
  return unverified != nullptr ? unverified->machineType() : std::nullopt;
}

/// `type` is that of the token, and accepted.
RequestState authenticateMachine(const RequestContext& context, TokenType type, std::string_view token) {
  if (const OpaqueKind* const kind = findOpaqueKind(token)) {
    auto verified = context.resources().verifyToken(*kind, token);
    return verified ? signedIn(*std::move(verified)) : signedOut(failureOf(*kind, verified.error()), {}, type);
  }
  auto verified = verifyJwt(context, type, token);
  return verified ? signedIn(*std::move(verified)) : signedOut(failureOf(context, token, verified.error()), {}, type);
}

constexpr auto inHeader = SessionToken::Carrier::header;

RequestState authenticateSession(const RequestContext& context, std::string_view token) {
  const VerificationOutcome outcome = verifySession(context, context.setup().sessionClaims, token, inHeader);
  if (!outcome.claims) return signedOut(failureOf(outcome, context, inHeader));
  return signedIn(*outcome.claims, context.setup().options.treatPendingAsSignedOut);
}

/// A malformed header counts as a token that cannot be parsed.
RequestState rejectHeader(const RequestContext& context, const Error& error) {
  const AcceptedTokens& accepted = context.setup().options.acceptsToken;
  if (accepted.only() != nullptr && *accepted.only() != TokenType::sessionToken) {
    return signedOut(typeMismatch(), {}, *accepted.only());
  }
  if (!accepted.accepts(TokenType::sessionToken)) return signedOut(typeMismatch(), {}, std::nullopt);
  return signedOut(failureOf({error}, context, inHeader));
}

/// By the token of the header alone: cookies do not replace it, and nothing is redirected.
RequestState authenticateByHeader(const RequestContext& context, const Result<std::string_view>& credential) {
  if (!credential) return rejectHeader(context, credential.error());
  const AcceptedTokens& accepted = context.setup().options.acceptsToken;
  const TokenType* const only = accepted.only();
  if (only != nullptr && *only == TokenType::sessionToken) return authenticateSession(context, *credential);

  const TokenType type = machineTokenType(*credential).value_or(TokenType::sessionToken);
  if (only != nullptr && *only != type) return signedOut(typeMismatch(), {}, *only);
  if (!accepted.accepts(type)) return signedOut(typeMismatch(), {}, std::nullopt);
  if (type == TokenType::sessionToken) return authenticateSession(context, *credential);
  return authenticateMachine(context, type, *credential);
}

/// For requests without a token where only machine tokens of one type are accepted.
RequestState withoutMachineToken(TokenType accepted) { return signedOut({"No token in header"}, {}, accepted); }

// Satellites are domains that share the sessions of the instance's primary domain.
// https://clerk.com/docs/guides/dashboard/dns-domains/satellite-domains

bool hasCookies(const RequestContext& context) {
  return !context.cookies().sessionToken.empty() || context.cookies().clientUat != 0;
}

/// Empty if the URL of the page is unknown.
std::string primaryUrl(const RequestContext& context) {
  auto url = http::detail::WebUrl::parse(context.setup().options.signInUrl);
  if (!url || context.publicUrl() == nullptr) return {};
  url->appendQueryParameter("__clerk_redirect_url", context.publicUrl()->href());
  return url->href();
}

/// Whether `target` may receive the token of the development browser.
bool mayReturnTo(const RequestContext& context, const http::detail::WebUrl& target) {
  const auto& parties = context.setup().options.authorizedParties;
  return parties.empty() || std::find(parties.begin(), parties.end(), target.origin()) != parties.end();
}

/// Empty if `text` is not the URL of a page.
std::string satelliteUrl(const RequestContext& context, const std::string& text) {
  auto url = http::detail::WebUrl::parse(text);
  if (!url || !mayReturnTo(context, *url)) return {};
  if (const std::string browser = context.devBrowser(); !browser.empty()) {
    url->appendQueryParameter("__clerk_db_jwt", browser);
  }
  url->setQueryParameter("__clerk_synced", "true");
  return url->href();
}

/// Whether the URL has another scheme than `http` and `https`.
bool hasOtherScheme(std::string_view url) {
  const std::string scheme = ascii::lower(url.substr(0, url.find(':')));
  const auto belongs = [](char c) { return ascii::isAlnum(c) || c == '+' || c == '-' || c == '.'; };
  const bool isScheme = !scheme.empty() && scheme.size() < url.size() && ascii::isAlnum(scheme.front()) &&
                        !ascii::isDigit(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), belongs);
  return isScheme && scheme != "http" && scheme != "https";
}

bool isPageOfClerk(const RequestContext& context, const http::detail::WebUrl& referrer) {
  const RequestSetup& setup = context.setup();
  const auto frontend = http::detail::WebUrl::parse(context.frontendUrl());
  if (frontend && referrer.hostname() == frontend->hostname()) return true;
  if (setup.isDevelopment() && isDevelopmentPortal(referrer.hostname())) return true;
  return setup.options.proxyUrl.empty() && referrer.origin() == accountsPortalOrigin(setup.frontendHost);
}

/// The state on a satellite that does not know yet whether the visitor is signed in; nullopt if the cookies decide.
std::optional<RequestState> syncSatellite(const RequestContext& context) {
  const RequestAuthenticatorOptions& options = context.setup().options;
  if (!options.isSatellite || !context.request().isForDocument()) return std::nullopt;
  const std::string synced = context.queryParameter("__clerk_synced").value_or("");
  const bool mustSync = synced == "false";
  if (synced == "true" || (hasCookies(context) && !mustSync)) return std::nullopt;
  if (!options.satelliteAutoSync && !mustSync) return signedOut({"session-token-and-uat-missing"});
  const AuthFailure failure{"satellite-needs-syncing"};
  if (context.setup().isDevelopment()) return redirectOrSignedOut(context, failure, primaryUrl(context));
  return startHandshake(context, failure);
}

/// The state on the primary domain of a development instance if a satellite has redirected the visitor: a redirect back
/// to it. nullopt for other requests.
std::optional<RequestState> returnToSatellite(const RequestContext& context) {
  if (!context.setup().isDevelopment() || context.setup().options.isSatellite) return std::nullopt;
  const auto target = context.queryParameter("__clerk_redirect_url");
  if (!target || target->empty()) return std::nullopt;
  return redirectOrSignedOut(context, {"primary-responds-to-syncing"}, satelliteUrl(context, *target));
}

/// Whether a signed-in visitor comes to the primary domain from another origin, which may be a satellite with newer
/// cookies.
bool needsCrossOriginSync(const RequestContext& context) {
  const std::string_view text = context.request().referrer;
  if (context.setup().options.isSatellite || text.empty() || !context.request().isForDocument()) return false;
  if (isPlainlyOfPublicOrigin(text, context.setup().options, context.request())) return false;
  if (redirectCount(context) != 0 || context.publicUrl() == nullptr) return false;
  const auto referrer = http::detail::WebUrl::parse(text);
  if (!referrer) return hasOtherScheme(text);
  return referrer->origin() != context.publicUrl()->origin() && !isPageOfClerk(context, *referrer);
}

// The session cookie must agree with the other cookies.

constexpr auto inCookie = SessionToken::Carrier::cookie;

AuthFailure noSession() { return {"session-token-and-uat-missing"}; }

AuthFailure tooManyCookies() {
  return {"unexpected-error", {}, Error{Errc::malformed, "the request has too many cookies"}};
}

/// Development instances identify a browser by a token of its own.
std::optional<RequestState> checkBrowser(const RequestContext& context) {
  if (!context.setup().isDevelopment()) return std::nullopt;
  if (context.queryParameter("__clerk_db_jwt")) return startHandshake(context, {"dev-browser-sync"});
  if (context.devBrowser().empty()) return startHandshake(context, {"dev-browser-missing"});
  return std::nullopt;
}

/// The session cookie and `__client_uat` must both be present, or both absent.
std::optional<RequestState> checkPresence(const RequestContext& context) {
  const bool hasSession = !context.cookies().sessionToken.empty();
  const bool isActive = context.cookies().clientUat != 0;
  if (hasSession && isActive) return std::nullopt;
  if (hasSession) return startHandshake(context, {"session-token-but-no-client-uat"});
  if (isActive) return startHandshake(context, {"client-uat-but-no-session-token"});
  return signedOut(noSession());
}

std::optional<std::int64_t> issuedAt(const VerificationOutcome& outcome) {
  if (!outcome.claims) return outcome.rejected != nullptr ? outcome.rejected->issuedAt() : std::nullopt;
  return outcome.claims->integerClaim("iat");
}

RequestState conclude(const RequestContext& context, const VerificationOutcome& outcome) {
  const bool isOtherKind = !outcome.claims && outcome.claims.error().code == Errc::wrongCategory;
  if (const auto issued = issuedAt(outcome); !isOtherKind && issued && *issued < context.cookies().clientUat) {
    return startHandshake(context, {"session-token-iat-before-client-uat"});
  }
  if (outcome.isUntimely()) return startHandshake(context, failureOf(outcome, context, inCookie));
  if (!outcome.claims) return signedOut(failureOf(outcome, context, inCookie));
  if (needsCrossOriginSync(context)) {
    return startHandshake(
        context, {"primary-domain-cross-origin-sync", "Cross-origin request from satellite domain requires handshake"});
  }
  return signedIn(*outcome.claims, context.setup().options.treatPendingAsSignedOut);
}

RequestState authenticateSessionCookie(const RequestContext& context) {
  const ChosenCookies& cookies = context.cookies();
  if (cookies.outcome != nullptr) return conclude(context, *cookies.outcome);
  return conclude(context, verifySession(context, context.setup().sessionClaims, cookies.sessionToken, inCookie));
}

RequestState authenticateCookies(const RequestContext& context) {
  for (const auto step : {syncSatellite, returnToSatellite, checkBrowser, checkPresence}) {
    if (auto state = step(context)) return *std::move(state);
  }
  return authenticateSessionCookie(context);
}

/// The state of a request whose nonce could not be resolved. `rest` is the state by its cookies.
RequestState withoutHandshake(const RequestState& rest, const Error& error) {
  if (rest.status() == AuthStatus::signedIn) return rest;
  const AuthFailure failure = nonceFailure(error);
  return failure.error ? signedOut(failure) : explained(rest, failure.message);
}

/// By all of Clerk's cookies (`CookiePolicy::full`).
RequestState authenticateByCookies(const RequestContext& context) {
  if (context.request().cookies.areTooMany()) return signedOut(tooManyCookies());
  HandshakeResult handshake = resolveHandshake(context);
  if (handshake.state) return *std::move(handshake.state);
  RequestState rest = authenticateCookies(context);
  return handshake.error ? withoutHandshake(rest, *handshake.error) : rest;
}

/// By the session cookie alone (`CookiePolicy::sessionOnly`).
RequestState authenticateBySessionCookie(const RequestContext& context) {
  if (context.request().cookies.areTooMany()) return signedOut(tooManyCookies());
  const auto& instance = context.setup().instance;
  const auto token = context.request().sessionToken(instance ? &*instance : nullptr);
  if (!token && token.error().code == Errc::noToken) return signedOut(noSession());
  if (!token) return signedOut(failureOf({token.error()}, context, inCookie));
  const VerificationOutcome outcome = verifySession(context, context.setup().sessionClaims, token->text, inCookie);
  if (!outcome.claims) return signedOut(failureOf(outcome, context, inCookie));
  return signedIn(*outcome.claims, context.setup().options.treatPendingAsSignedOut);
}

RequestState authenticateRequest(const RequestContext& context) {
  const RequestAuthenticatorOptions& options = context.setup().options;
  if (const auto& token = context.request().bearerToken) return authenticateByHeader(context, *token);
  const TokenType* const only = options.acceptsToken.only();
  if (only != nullptr && *only != TokenType::sessionToken) return withoutMachineToken(*only);
  if (!options.acceptsToken.accepts(TokenType::sessionToken)) return signedOut(typeMismatch(), {}, std::nullopt);
  if (options.cookiePolicy == CookiePolicy::sessionOnly) return authenticateBySessionCookie(context);
  return authenticateByCookies(context);
}

RequestState authenticateSafely(const RequestContext& context) {
  try {
    // Sets the time of the request to that of its arrival.
    context.now();
    return authenticateRequest(context);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    logging::writeException(context.setup().options.log, notAuthenticated);
    return context.setup().unexpectedError;
  }
}

std::string_view outcomeOf(const RequestState& state) noexcept {
  if (state.isAuthenticated()) return "ok";
  if (state.status() == AuthStatus::handshake) return "handshake";
  if (state.error()) return name(state.error()->code);
  return state.status() == AuthStatus::signedIn ? "pending" : "signed_out";
}

}  // namespace

Events::Verification verificationOf(const RequestState& state) noexcept {
  Events::Verification verification{operations::authenticateRequest, outcomeOf(state)};
  if (state.tokenType()) verification.tokenType = name(*state.tokenType());
  if (state.error()) verification.error = state.error()->code;
  return verification;
}

RequestState authenticate(const RequestContext& context) {
  RequestState state = authenticateSafely(context);
  if (const auto& sink = context.setup().verifier.events()) {
    context.resources().tell(
        [&sink, state, lookups = context.tokenLookups()] { tell(sink, verificationOf(state), lookups); });
  }
  return state;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
