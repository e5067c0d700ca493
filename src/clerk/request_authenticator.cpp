#include <liveblocks/clerk/request_authenticator.hpp>

#include <new>
#include <optional>
#include <string>
#include <utility>

#include "clerk/key_source.hpp"
#include "clerk/opaque_tokens.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/handshake.hpp"
#include "clerk/request/result.hpp"
#include "clerk/request/satellite.hpp"
#include "clerk/request/setup.hpp"
#include "clerk/request/unverified_token.hpp"
#include "core/logging.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

AuthFailure failure(std::string_view reason, std::string_view message, const Error& error) {
  std::string how(" (code=");
  how.append(reason).append(", status=");
  how.append(error.upstreamStatus == 0 ? "n/a" : std::to_string(error.upstreamStatus)).append(")");
  AuthFailure result{std::string(reason), std::string(message) + how, error};
  if (quotesClaims(error.code)) result.detail = error.message + how;
  return result;
}

/// The failure of an opaque token.
AuthFailure failureOf(const OpaqueKind& kind, const Error& error) {
  if (error.upstreamStatus == 401) return failure("secret-key-invalid", "Invalid secret key", error);
  if (error.upstreamStatus == 404) return failure("token-invalid", kind.notFound, error);
  if (error.code == Errc::wrongAudience) return failure("token-verification-failed", error.message, error);
  if (error.code == Errc::tokenRejected && error.upstreamStatus != 0) {
    return failure("token-invalid", "Clerk rejected the token", error);
  }
  if (error.kind() == ErrorKind::unauthenticated) return failure("token-invalid", error.message, error);
  return failure("unexpected-error", "Unexpected error", error);
}

/// The failure of a machine JWT.
AuthFailure failureOf(const RequestContext& context, std::string_view token, const Error& error) {
  if (error.code == Errc::wrongCategory) return failure("token-invalid", "Invalid M2M JWT category.", error);
  const auto unverified = UnverifiedToken::read(token);
  const std::string text = unverified != nullptr ? explain(error, *unverified, context.now()) : error.message;
  return failure("token-verification-failed", text, error);
}

Result<MachineToken> verifyOpaqueToken(const RequestContext& context, const OpaqueKind& kind, std::string_view token) {
  const RequestSetup& setup = context.setup();
  return setup.opaqueTokens.verify(kind, token, setup.machineClaims, setup.verifier.clock(), context.deadline());
}

Result<MachineToken> verifyJwt(const RequestContext& context, TokenType type, std::string_view token) {
  const RequestSetup& setup = context.setup();
  return setup.machineJwts.verify(type, token, setup.verifier.keys(), setup.machineClaims,
                                  {context.now(), SessionToken::Carrier::header}, context.deadline());
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
    auto verified = verifyOpaqueToken(context, *kind, token);
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

constexpr auto inCookie = SessionToken::Carrier::cookie;

AuthFailure noSession() { return {"session-token-and-uat-missing"}; }

AuthFailure tooManyCookies() {
  return {"unexpected-error", {}, Error{Errc::malformed, "the request carries more cookies than are read"}};
}

/// Development instances identify a browser by a token of its own.
std::optional<RequestState> checkBrowser(const RequestContext& context) {
  if (!context.setup().isDevelopment()) return std::nullopt;
  if (context.queryParameter("__clerk_db_jwt")) return handshakeOrSignedOut(context, {"dev-browser-sync"});
  if (context.devBrowser().empty()) return handshakeOrSignedOut(context, {"dev-browser-missing"});
  return std::nullopt;
}

/// The session cookie and `__client_uat` must both be present, or both absent.
std::optional<RequestState> checkPresence(const RequestContext& context) {
  const bool hasSession = !context.cookies().sessionToken.empty();
  const bool isActive = context.cookies().clientUat != 0;
  if (hasSession && isActive) return std::nullopt;
  if (hasSession) return handshakeOrSignedOut(context, {"session-token-but-no-client-uat"});
  if (isActive) return handshakeOrSignedOut(context, {"client-uat-but-no-session-token"});
  return signedOut(noSession());
}

std::optional<std::int64_t> issuedAt(const VerificationOutcome& outcome) {
  if (!outcome.claims) return outcome.rejected != nullptr ? outcome.rejected->issuedAt() : std::nullopt;
  return outcome.claims->integerClaim("iat");
}

RequestState conclude(const RequestContext& context, const VerificationOutcome& outcome) {
  const bool isOtherKind = !outcome.claims && outcome.claims.error().code == Errc::wrongCategory;
  if (const auto issued = issuedAt(outcome); !isOtherKind && issued && *issued < context.cookies().clientUat) {
    return handshakeOrSignedOut(context, {"session-token-iat-before-client-uat"});
  }
  if (outcome.isUntimely()) return handshakeOrSignedOut(context, failureOf(outcome, context, inCookie));
  if (!outcome.claims) return signedOut(failureOf(outcome, context, inCookie));
  if (needsCrossOriginSync(context)) {
    return handshakeOrSignedOut(
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

constexpr std::chrono::seconds defaultTimeout{5};

Deadline deadlineOr(std::optional<Deadline> deadline) {
  return deadline.value_or(std::chrono::steady_clock::now() + defaultTimeout);
}

}  // namespace

RequestContext RequestAuthenticator::State::contextOf(const http::RequestView& request,
                                                      std::optional<Deadline> deadline) const {
  return {*this, request, deadlineOr(deadline)};
}

RequestState RequestAuthenticator::State::authenticate(const RequestContext& context) const {
  try {
    // Sets the time of the request to that of its arrival.
    context.now();
    return authenticateRequest(context);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    logException(options.log, "a request could not be authenticated");
    return signedOut({"unexpected-error", {}, Error{Errc::internal, {}}});
  }
}

RequestAuthenticator::RequestAuthenticator(const KeySource& keys, const RequestAuthenticatorOptions& options,
                                           std::shared_ptr<http::Transport> transport)
    : state_(std::make_shared<const State>(*keys.state_, options, std::move(transport))) {}

RequestState RequestAuthenticator::authenticate(const http::RequestView& request,
                                                std::optional<Deadline> deadline) const {
  // Keeps the state alive if the authenticator is destroyed while another thread waits for keys.
  const auto state = state_;
  return state->authenticate(state->contextOf(request, deadline));
}

Result<void> RequestAuthenticator::refreshKeys(std::optional<Deadline> deadline) const {
  const auto state = state_;
  try {
    return state->verifier.keys().refresh(deadlineOr(deadline));
  } catch (...) {
    logException(state->options.log, "the keys could not be refreshed");
    return Error{Errc::internal, {}};
  }
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
