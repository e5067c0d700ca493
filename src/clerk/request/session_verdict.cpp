#include "clerk/request/session_verdict.hpp"

#include <algorithm>
#include <utility>

#include "ascii.hpp"
#include "clerk/request/utc_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Carrier = SessionToken::Carrier;

Error otherKind() { return {Errc::wrongCategory, "the token is no session token"}; }

Error unreadable(const Error& error) {
  const bool isSaid = error.code == Errc::tokenTooLarge || error.code == Errc::badEncoding ||
                      error.code == Errc::badJson || error.code == Errc::malformed;
  return isSaid ? error : Error{Errc::malformed, "the token cannot be read"};
}

std::string_view refreshOutcome(const RequestContext& context) {
  if (!context.received().isGet) return "non-eligible-non-get";
  const bool hasCookie = !context.received().cookies.refresh.suffixed.value_or("").empty();
  // Clerk's SDK says so where it was not given the means to refresh.
  return hasCookie ? "missing-api-client" : "non-eligible-no-refresh-cookie";
}

/// The words for a request.
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
  return toUtcText(token.integerClaim(claim).value_or(0));
}

std::string explainUnreadable(const Error& error, std::string_view token) {
  if (error.code == Errc::tokenTooLarge) return error.message;
  const bool hasThreeParts = std::count(token.begin(), token.end(), '.') == 2;
  return hasThreeParts ? "Invalid JWT form. The header, payload, or signature could not be decoded."
                       : "Invalid JWT form. A JWT consists of three parts separated by dots.";
}

}  // namespace

std::string explain(const Error& error, const UnverifiedToken& token, std::chrono::system_clock::time_point now) {
  const std::string current = toUtcText(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
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
    default:
      return error.message;
  }
}

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
    case Errc::wrongParty:
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

bool SessionVerdict::isUntimely() const noexcept {
  if (claims) return false;
  const Errc code = claims.error().code;
  return code == Errc::expired || code == Errc::notYetValid || code == Errc::issuedInFuture;
}

SessionVerdict judgeSession(const RequestContext& context, const SessionRules& rules, std::string_view token,
                            Carrier carrier) {
  const std::string further = context.furtherIssuer();
  auto claims = context.setup().judge.judge(token, rules, {context.now(), carrier, further}, context.deadline());
  if (claims) {
    if (ascii::startsWith(claims->userId(), machineSubjectPrefix)) return {otherKind(), token};
    return {std::move(claims), token};
  }
  auto refused = UnverifiedToken::read(token);
  if (refused == nullptr) return {unreadable(claims.error()), token};
  if (refused->machineType() || refused->isOfForeignCategory()) return {otherKind(), token, std::move(refused)};
  return {std::move(claims), token, std::move(refused)};
}

Refusal refusalOf(const SessionVerdict& verdict, const RequestContext& context, Carrier carrier) {
  const Error& error = verdict.claims.error();
  if (error.code == Errc::wrongCategory) return typeMismatch();
  if (error.code == Errc::internal) return {"unexpected-error", {}, error};
  const std::string text = verdict.refused == nullptr ? explainUnreadable(error, verdict.token)
                                                      : explain(error, *verdict.refused, context.now());
  const std::string_view where = carrier == Carrier::header ? "header" : "cookie";
  return {requestReason(error.code, context),
          text + " (reason=" + std::string(tokenReason(error.code)) + ", token-carrier=" + std::string(where) + ")",
          error};
}

Refusal typeMismatch() { return {"token-type-mismatch", {}, otherKind()}; }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
