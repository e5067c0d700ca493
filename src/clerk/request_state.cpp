#include <liveblocks/clerk/request_state.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include "clerk/request_state.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

std::string_view name(AuthStatus status) noexcept {
  switch (status) {
    case AuthStatus::signedIn:
      return "signed-in";
    case AuthStatus::signedOut:
      return "signed-out";
    case AuthStatus::handshake:
      return "handshake";
  }
  return {};
}

RequestState::RequestState(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

AuthStatus RequestState::status() const noexcept { return state_->status; }

bool RequestState::isAuthenticated() const noexcept {
  return state_->auth.isAuthenticated() || state_->machineToken.has_value();
}

const std::string& RequestState::reason() const noexcept { return state_->reason; }

const std::string& RequestState::message() const noexcept { return state_->message; }

const std::optional<Error>& RequestState::error() const noexcept { return state_->error; }

const std::vector<http::Header>& RequestState::headers() const noexcept { return state_->headers; }

std::optional<http::Response> RequestState::redirect() const {
  for (const http::Header& header : state_->headers) {
    if (ascii::equalsIgnoringCase(header.name, "location")) return http::Response{307, state_->headers, {}};
  }
  return std::nullopt;
}

std::optional<TokenType> RequestState::tokenType() const noexcept { return state_->tokenType; }

const Auth& RequestState::auth() const noexcept { return state_->auth; }

Auth RequestState::auth(bool treatPendingAsSignedOut) const {
  return state_->claims ? Auth(*state_->claims, treatPendingAsSignedOut) : Auth();
}

const std::optional<MachineToken>& RequestState::machineToken() const noexcept { return state_->machineToken; }

namespace detail {
namespace {

using State = RequestState::State;

State failedState(AuthStatus status, AuthFailure failure, Headers headers) {
  State state;
  state.status = status;
  state.reason = std::move(failure.reason);
  state.error = std::move(failure.error);
  state.headers = std::move(headers);
  const bool fitsHeader = !failure.message.empty() && ascii::isPrintable(failure.message);
  if (fitsHeader) state.headers.push_back({"X-Clerk-Auth-Message", failure.message});
  state.message = std::move(failure.detail.empty() ? failure.message : failure.detail);
  state.headers.push_back({"X-Clerk-Auth-Reason", state.reason});
  state.headers.push_back({"X-Clerk-Auth-Status", std::string(name(status))});
  return state;
}

RequestState makeState(State state) { return RequestState(std::make_shared<const State>(std::move(state))); }

}  // namespace

RequestState signedIn(const SessionClaims& claims, bool treatPendingAsSignedOut, Headers headers) {
  State state;
  state.status = AuthStatus::signedIn;
  state.headers = std::move(headers);
  state.claims = claims;
  state.auth = Auth(claims, treatPendingAsSignedOut);
  return makeState(std::move(state));
}

RequestState signedIn(MachineToken token) {
  State state;
  state.status = AuthStatus::signedIn;
  state.tokenType = token.type;
  state.machineToken = std::move(token);
  return makeState(std::move(state));
}

RequestState signedOut(AuthFailure failure, Headers headers, std::optional<TokenType> tokenType) {
  State state = failedState(AuthStatus::signedOut, std::move(failure), std::move(headers));
  state.tokenType = tokenType;
  return makeState(std::move(state));
}

RequestState explained(const RequestState& state, const std::string& message) {
  if (!state.message().empty()) return state;
  State result;
  result.status = state.status();
  result.reason = state.reason();
  result.message = message;
  result.error = state.error();
  result.headers = state.headers();
  result.headers.push_back({"X-Clerk-Auth-Message", message});
  result.tokenType = state.tokenType();
  return makeState(std::move(result));
}

RequestState handshake(AuthFailure failure, Headers headers) {
  return makeState(failedState(AuthStatus::handshake, std::move(failure), std::move(headers)));
}

namespace {

using Carrier = SessionToken::Carrier;

Error malformedToken(const Error& error) {
  const bool isSpecific = error.code == Errc::tokenTooLarge || error.code == Errc::badEncoding ||
                          error.code == Errc::badJson || error.code == Errc::malformed;
  return isSpecific ? error : Error{Errc::malformed, "the token cannot be parsed"};
}

}  // namespace

bool VerificationOutcome::isUntimely() const noexcept {
  if (claims) return false;
  const Errc code = claims.error().code;
  return code == Errc::expired || code == Errc::notYetValid || code == Errc::issuedInFuture;
}

VerificationOutcome verifySession(const RequestContext& context, const ClaimsValidator& rules, std::string_view token,
                                  Carrier carrier) {
  const std::string further = context.proxyIssuer();
  const auto findKey = [&](const SessionKeys::KeyId& keyId) { return context.resources().findKey(keyId); };
  auto claims =
      context.setup().verifier.verify(token, rules, {context.now(), carrier, further}, findKey, context.tokenLookups());
  if (claims) return {std::move(claims)};
  auto rejected = UnverifiedToken::read(token);
  if (rejected == nullptr)
    return {malformedToken(claims.error()), {}, std::count(token.begin(), token.end(), '.') == 2};
  if (rejected->machineType() || rejected->isOfForeignCategory()) return {otherKind(), std::move(rejected)};
  return {std::move(claims), std::move(rejected)};
}

namespace {

using Carrier = SessionToken::Carrier;

std::string_view refreshOutcome(const RequestContext& context) {
  if (!context.request().isGet()) return "non-eligible-non-get";
  const bool hasCookie = !context.request().cookies.refresh.suffixed.value_or("").empty();
  // The reason that Clerk's SDK gives if it has no API client to refresh sessions with.
  return hasCookie ? "missing-api-client" : "non-eligible-no-refresh-cookie";
}

/// The reason for a request.
std::string requestReason(Errc code, const RequestContext& context) {
  switch (code) {
    case Errc::expired:
      return "session-token-expired-refresh-" + std::string(refreshOutcome(context));
    case Errc::notYetValid:
      return "session-token-nbf";
    case Errc::issuedInFuture:
      return "session-token-iat-in-the-future";
    default:
      return std::string(tokenReason(code));
  }
}

std::string timeOf(const UnverifiedToken& token, std::string_view claim) {
  return timing::toUtcText(token.integerClaim(claim).value_or(0));
}

std::string explainMalformed(const VerificationOutcome& outcome) {
  const Error& error = outcome.claims.error();
  if (error.code == Errc::tokenTooLarge) return error.message;
  return outcome.hasThreeParts ? "Invalid JWT form. The header, payload, or signature could not be decoded."
                               : "Invalid JWT form. A JWT consists of three parts separated by dots.";
}

}  // namespace

std::string_view tokenReason(Errc code) noexcept {
  switch (code) {
    case Errc::expired:
      return "token-expired";
    case Errc::notYetValid:
      return "token-not-active-yet";
    case Errc::issuedInFuture:
      return "token-iat-in-the-future";
    case Errc::unsupportedAlgorithm:
      return "token-invalid-algorithm";
    case Errc::badSignature:
      return "token-invalid-signature";
    case Errc::wrongIssuer:
      return "token-invalid-issuer";
    case Errc::unauthorizedParty:
      return "token-invalid-authorized-parties";
    case Errc::badClaim:
    case Errc::wrongAudience:
    case Errc::inactiveSession:
      return "token-verification-failed";
    case Errc::unknownKey:
      return "jwk-kid-mismatch";
    case Errc::secretKeyRejected:
      return "secret-key-invalid";
    case Errc::internal:
      return "unexpected-error";
    default:
      break;
  }
  return Error{code, {}}.kind() == ErrorKind::unavailable ? "jwk-remote-failed-to-load" : "token-invalid";
}

bool quotesClaims(Errc code) noexcept { return code == Errc::wrongIssuer || code == Errc::unauthorizedParty; }

std::string explain(const Error& error, const UnverifiedToken& token, std::chrono::system_clock::time_point now) {
  const std::string current =
      timing::toUtcText(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
  switch (error.code) {
    case Errc::expired:
      return "JWT is expired. Expiry date: " + timeOf(token, "exp") + ", Current date: " + current + ".";
    case Errc::notYetValid:
      return "JWT cannot be used prior to not before date claim (nbf). Not before date: " + timeOf(token, "nbf") +
             "; Current date: " + current + ";";
    case Errc::issuedInFuture:
      return "JWT issued at date claim (iat) is in the future. Issued at date: " + timeOf(token, "iat") +
             "; Current date: " + current + ";";
    case Errc::badSignature:
      return "JWT signature is invalid.";
    case Errc::unauthorizedParty:
      return "the token is for a party that is not authorized";
    case Errc::wrongIssuer:
      return "the token is of another issuer";
    default:
      break;
  }
  // Details of a failed request are for the log, not for the header that contains this message.
  return error.kind() == ErrorKind::unavailable ? "the keys could not be fetched" : error.message;
}

AuthFailure failureOf(const VerificationOutcome& outcome, const RequestContext& context, Carrier carrier) {
  const Error& error = outcome.claims.error();
  if (error.code == Errc::wrongCategory) return typeMismatch();
  if (error.code == Errc::internal) return {"unexpected-error", {}, error};
  const std::string text =
      outcome.rejected == nullptr ? explainMalformed(outcome) : explain(error, *outcome.rejected, context.now());
  const std::string_view where = carrier == Carrier::header ? "header" : "cookie";
  const std::string how =
      " (reason=" + std::string(tokenReason(error.code)) + ", token-carrier=" + std::string(where) + ")";
  AuthFailure failure{requestReason(error.code, context), text + how, error};
  if (quotesClaims(error.code)) failure.detail = error.message + how;
  return failure;
}

namespace {

AuthFailure machineFailure(std::string_view reason, std::string_view message, const Error& error) {
  std::string how(" (code=");
  how.append(reason).append(", status=");
  how.append(error.upstreamStatus == 0 ? "n/a" : std::to_string(error.upstreamStatus)).append(")");
  AuthFailure result{std::string(reason), std::string(message) + how, error};
  if (quotesClaims(error.code)) result.detail = error.message + how;
  return result;
}

}  // namespace

AuthFailure failureOf(const OpaqueKind& kind, const Error& error) {
  if (error.upstreamStatus == 401) return machineFailure("secret-key-invalid", "Invalid secret key", error);
  if (error.upstreamStatus == 404) return machineFailure("token-invalid", kind.notFound, error);
  if (error.code == Errc::wrongAudience) return machineFailure("token-verification-failed", error.message, error);
  if (error.code == Errc::tokenRejected && error.upstreamStatus != 0) {
    return machineFailure("token-invalid", "Clerk rejected the token", error);
  }
  if (error.kind() == ErrorKind::unauthenticated) return machineFailure("token-invalid", error.message, error);
  return machineFailure("unexpected-error", "Unexpected error", error);
}

AuthFailure failureOf(const RequestContext& context, std::string_view token, const Error& error) {
  if (error.code == Errc::wrongCategory) return machineFailure("token-invalid", "Invalid M2M JWT category.", error);
  const auto unverified = UnverifiedToken::read(token);
  const std::string text = unverified != nullptr ? explain(error, *unverified, context.now()) : error.message;
  return machineFailure("token-verification-failed", text, error);
}

Error otherKind() { return {Errc::wrongCategory, "the token is not a session token"}; }

AuthFailure typeMismatch() { return {"token-type-mismatch", {}, otherKind()}; }

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
