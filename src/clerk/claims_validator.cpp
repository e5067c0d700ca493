#include "clerk/claims_validator.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "clerk/machine_token.hpp"
#include "clerk/organization_claims.hpp"
#include "core/json_members.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

constexpr std::size_t maxShownClaim = 128;
constexpr std::size_t maxShownAccepted = 512;

bool isOneOf(std::string_view text, const std::vector<std::string>& accepted) {
  return std::find(accepted.begin(), accepted.end(), text) != accepted.end();
}

/// The claim is from Clerk, since the signature is valid. It may contain characters that are not fit for a log.
std::string shownClaim(std::string_view json) {
  return '"' + utf8::printable(json::toString(json).value_or(std::string(json)), maxShownClaim) + '"';
}

std::string shownList(const std::vector<std::string>& accepted) {
  std::string text;
  for (const std::string& each : accepted) text.append(text.empty() ? "" : ", ").append(each);
  return utf8::printable(text, maxShownAccepted);
}

/// The entries of `aud`, a string or a list of strings; none if one of them is empty or no string.
std::vector<std::string> readAudience(std::string_view claim) {
  if (claim.empty()) return {};
  std::vector<std::string> audience;
  for (const std::string_view item : claim.front() == '[' ? json::items(claim) : std::vector{claim}) {
    auto text = json::toString(item);
    if (!text || text->empty()) return {};
    audience.push_back(*std::move(text));
  }
  return audience;
}

Result<std::optional<Actor>> readActor(std::string_view json) {
  if (json.empty() || json == "null") return std::optional<Actor>();
  const auto members = json::members(json);
  auto userId = readId(json::findMember(members, "sub"), "act");
  if (!userId) return userId.error();
  auto sessionId = readOptionalString(json::findMember(members, "sid"), "act");
  if (!sessionId) return sessionId.error();
  auto type = readOptionalString(json::findMember(members, "type"), "act");
  if (!type) return type.error();
  return std::optional(Actor{*std::move(userId), *std::move(sessionId), *std::move(type)});
}

std::optional<std::pair<std::int64_t, std::int64_t>> readFactorAges(std::string_view json) {
  const auto items = json::items(json);
  if (items.size() != 2) return std::nullopt;
  const auto first = json::toInteger(items[0]);
  const auto second = json::toInteger(items[1]);
  if (!first || !second) return std::nullopt;
  return std::pair(*first, *second);
}

}  // namespace

std::optional<std::string> readPlainString(std::string_view json) {
  auto text = json::toString(json);
  return text && std::none_of(text->begin(), text->end(), ascii::isControl) ? text : std::nullopt;
}

Error badClaim(const char* name) {
  return {Errc::badClaim, std::string("the claim ") + name + " is missing or not of its type"};
}

Result<std::string> readId(std::string_view json, const char* name) {
  auto text = readPlainString(json);
  if (!text || text->empty()) return badClaim(name);
  return *std::move(text);
}

Result<std::string> readOptionalString(std::string_view json, const char* name) {
  if (json.empty()) return std::string();
  auto text = readPlainString(json);
  if (!text) return badClaim(name);
  return *std::move(text);
}

ClaimsValidator::ClaimsValidator(const SessionVerifierOptions& options, std::vector<std::string> issuers)
    : parties_(options.authorizedParties),
      missingParty_(options.missingParty),
      audience_(options.audience),
      issuers_(std::move(issuers)),
      skew_(options.clockSkew),
      acceptPending_(!options.treatPendingAsSignedOut) {}

Result<std::unique_ptr<const TokenContent>> ClaimsValidator::token(std::string payload,
                                                                   const ValidationContext& context) const {
  auto token = std::make_unique<TokenContent>(std::move(payload));
  if (auto error = readToken(*token, context)) return *std::move(error);
  return std::unique_ptr<const TokenContent>(std::move(token));
}

Result<std::shared_ptr<const SessionClaims::State>> ClaimsValidator::session(std::string payload,
                                                                             const ValidationContext& context) const {
  const auto session = std::make_shared<SessionClaims::State>(std::move(payload));
  if (auto error = readToken(*session, context)) return *std::move(error);
  if (ascii::startsWith(session->subject, machineSubjectPrefix)) {
    return Error{Errc::wrongCategory, "the token is a machine token"};
  }
  const jwt::Claims& claims = session->claims;
  auto sessionId = readId(claims.find("sid"), "sid");
  if (!sessionId) return sessionId.error();
  const auto status = readStatus(claims.find("sts"));
  if (!status) return status.error();
  auto actor = readActor(claims.find("act"));
  if (!actor) return actor.error();
  auto organization = readOrganization(claims);
  if (!organization) return organization.error();
  session->sessionId = *std::move(sessionId);
  session->status = *status;
  session->actor = *std::move(actor);
  session->organization = *std::move(organization);
  session->factorVerificationAge = readFactorAges(claims.find("fva"));
  session->plans = json::toString(claims.find("pla")).value_or("");
  session->features = json::toString(claims.find("fea")).value_or("");
  return std::shared_ptr<const SessionClaims::State>(session);
}

bool ClaimsValidator::accepts(const SessionClaims::State& session, const ValidationContext& context) const {
  const auto isAheadIfSet = [&](const std::optional<std::int64_t>& time) {
    return time && isAhead(*time, context.now);
  };
  const bool isTimely =
      !hasPassed(session.expiresAt, context.now) && !isAheadIfSet(session.notBefore) && !isAheadIfSet(session.issuedAt);
  return isTimely && acceptsAudience(session.audience) && acceptsParty(session, context.carrier) &&
         acceptsIssuer(session.issuer, context.proxyIssuer) && acceptsStatus(session.status);
}

std::optional<Error> ClaimsValidator::readToken(TokenContent& token, const ValidationContext& context) const {
  auto subject = readId(token.claims.find("sub"), "sub");
  if (!subject) return subject.error();
  token.subject = *std::move(subject);
  token.audience = readAudience(token.claims.find("aud"));
  if (auto error = problemOfAudience(token.audience)) return error;
  if (auto error = readParty(token, context.carrier)) return error;
  if (auto error = readIssuer(token, context.proxyIssuer)) return error;
  return readTimes(token, context.now);
}

std::optional<Error> ClaimsValidator::checkAudience(std::string_view claim) const {
  return problemOfAudience(readAudience(claim));
}

std::optional<Error> ClaimsValidator::problemOfAudience(const std::vector<std::string>& audience) const {
  if (acceptsAudience(audience)) return std::nullopt;
  if (audience.empty()) return Error{Errc::wrongAudience, "the token's audience is missing or unreadable"};
  return Error{Errc::wrongAudience, "the token is for another audience"};
}

bool ClaimsValidator::acceptsAudience(const std::vector<std::string>& audience) const {
  const auto isAccepted = [this](const std::string& text) { return isOneOf(text, audience_); };
  return audience_.empty() || std::any_of(audience.begin(), audience.end(), isAccepted);
}

std::optional<Error> ClaimsValidator::readParty(TokenContent& token, SessionToken::Carrier carrier) const {
  const std::string_view claim = token.claims.find("azp");
  token.authorizedParty = readPlainString(claim).value_or("");
  if (acceptsParty(token, carrier)) return std::nullopt;
  return unauthorizedParty(claim);
}

bool ClaimsValidator::acceptsParty(const TokenContent& token, SessionToken::Carrier carrier) const {
  if (parties_.empty() || isOneOf(token.authorizedParty, parties_)) return true;
  const bool mayBeMissing = missingParty_ == MissingParty::allow ||
                            (missingParty_ == MissingParty::allowInCookie && carrier == SessionToken::Carrier::cookie);
  return mayBeMissing && token.claims.find("azp").empty();
}

Error ClaimsValidator::unauthorizedParty(std::string_view claim) const {
  const std::string message = claim.empty() ? "the token names no authorized party (azp)"
                                            : "the token is for the party " + shownClaim(claim) + " (azp)";
  return {Errc::unauthorizedParty, message + "; authorizedParties are " + shownList(parties_)};
}

std::optional<Error> ClaimsValidator::readIssuer(TokenContent& token, std::string_view proxyIssuer) const {
  const std::string_view claim = token.claims.find("iss");
  auto issuer = readOptionalString(claim, "iss");
  if (!issuer) return issuers_.empty() ? issuer.error() : wrongIssuer(claim, proxyIssuer);
  token.issuer = *std::move(issuer);
  if (acceptsIssuer(token.issuer, proxyIssuer)) return std::nullopt;
  return wrongIssuer(claim, proxyIssuer);
}

bool ClaimsValidator::acceptsIssuer(std::string_view issuer, std::string_view proxyIssuer) const {
  const bool isProxy = !proxyIssuer.empty() && issuer == proxyIssuer;
  return issuers_.empty() || isProxy || isOneOf(issuer, issuers_);
}

Error ClaimsValidator::wrongIssuer(std::string_view claim, std::string_view proxyIssuer) const {
  std::vector<std::string> accepted = issuers_;
  if (!proxyIssuer.empty()) accepted.emplace_back(proxyIssuer);
  const std::string message =
      claim.empty() ? "the token names no issuer (iss)" : "the token is of the issuer " + shownClaim(claim) + " (iss)";
  return {Errc::wrongIssuer, message + "; accepted issuers are " + shownList(accepted)};
}

std::optional<Error> ClaimsValidator::readTimes(TokenContent& token, Time now) const {
  const auto expiresAt = jwt::toNumericDate(token.claims.find("exp"));
  if (!expiresAt) return badClaim("exp");
  token.expiresAt = *expiresAt;
  if (hasPassed(*expiresAt, now)) return Error{Errc::expired, "the token has expired"};

  const std::string_view notBeforeClaim = token.claims.find("nbf");
  token.notBefore = jwt::toNumericDate(notBeforeClaim);
  if (!notBeforeClaim.empty() && !token.notBefore) return badClaim("nbf");
  if (token.notBefore && isAhead(*token.notBefore, now)) {
    return Error{Errc::notYetValid, "the token is not valid yet"};
  }

  const std::string_view issuedAtClaim = token.claims.find("iat");
  token.issuedAt = jwt::toNumericDate(issuedAtClaim);
  if (!issuedAtClaim.empty() && !token.issuedAt) return badClaim("iat");
  if (token.issuedAt && isAhead(*token.issuedAt, now)) {
    return Error{Errc::issuedInFuture, "the token was issued in the future"};
  }
  return std::nullopt;
}

bool ClaimsValidator::hasPassed(std::int64_t secondsSince1970, Time now) const noexcept {
  return secondsSince1970 * 1000 <= timing::toUnixMilliseconds(now) - skew_.count();
}

bool ClaimsValidator::isAhead(std::int64_t secondsSince1970, Time now) const noexcept {
  return secondsSince1970 * 1000 > timing::toUnixMilliseconds(now) + skew_.count();
}

Result<SessionStatus> ClaimsValidator::readStatus(std::string_view claim) const {
  if (claim.empty() || json::toString(claim) == "active") return SessionStatus::active;
  if (json::toString(claim) != "pending") return Error{Errc::inactiveSession, "the session is not active"};
  if (acceptsStatus(SessionStatus::pending)) return SessionStatus::pending;
  return Error{Errc::inactiveSession, "the session is pending: the user has tasks to complete"};
}

bool ClaimsValidator::acceptsStatus(SessionStatus status) const noexcept {
  return status == SessionStatus::active || acceptPending_;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
