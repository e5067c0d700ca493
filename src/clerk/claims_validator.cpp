#include "clerk/claims_validator.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "clerk/machine_subject.hpp"
#include "clerk/organization_claims.hpp"
#include "core/json_members.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Problem = std::optional<Error>;

constexpr std::size_t maxShownClaim = 128;
constexpr std::size_t maxShownAccepted = 512;

bool isOneOf(std::string_view text, const std::vector<std::string>& accepted) {
  return std::find(accepted.begin(), accepted.end(), text) != accepted.end();
}

/// The signature is good: the claim is Clerk's word, though it need not be fit for a log.
std::string shownClaim(std::string_view json) {
  return '"' + printable(json::toString(json).value_or(std::string(json)), maxShownClaim) + '"';
}

std::string shownList(const std::vector<std::string>& accepted) {
  std::string text;
  for (const std::string& each : accepted) text.append(text.empty() ? "" : ", ").append(each);
  return printable(text, maxShownAccepted);
}

}  // namespace

std::optional<std::string> plainText(std::string_view json) {
  auto text = json::toString(json);
  return text && std::none_of(text->begin(), text->end(), ascii::isControl) ? text : std::nullopt;
}

Error badClaim(const char* name) {
  return {Errc::badClaim, std::string("the claim ") + name + " is missing or not of its type"};
}

Problem readId(std::string_view json, const char* name, std::string& id) {
  auto text = plainText(json);
  if (!text || text->empty()) return badClaim(name);
  id = *std::move(text);
  return std::nullopt;
}

Problem readOptionalText(std::string_view json, const char* name, std::string& text) {
  if (json.empty()) return std::nullopt;
  auto value = plainText(json);
  if (!value) return badClaim(name);
  text = *std::move(value);
  return std::nullopt;
}

ClaimRules::ClaimRules(const SessionVerifierOptions& options, std::vector<std::string> issuers)
    : parties_(options.authorizedParties),
      missingParty_(options.missingParty),
      audience_(options.audience),
      issuers_(std::move(issuers)),
      skew_(options.clockSkew) {}

std::optional<Error> ClaimRules::read(TokenContent& token, const SessionCircumstances& circumstances) const {
  if (auto problem = readId(token.claims.find("sub"), "sub", token.subject)) return problem;
  if (!audience_.empty()) {
    if (auto problem = checkAudience(token.claims.find("aud"))) return problem;
  }
  if (auto problem = readParty(token, circumstances.carrier)) return problem;
  if (auto problem = readIssuer(token, circumstances.furtherIssuer)) return problem;
  return readTimes(token, circumstances.now);
}

Problem ClaimRules::readIssuer(TokenContent& token, std::string_view furtherIssuer) const {
  const std::string_view claim = token.claims.find("iss");
  auto problem = readOptionalText(claim, "iss", token.issuer);
  if (issuers_.empty()) return problem;
  const bool isFurther = !furtherIssuer.empty() && token.issuer == furtherIssuer;
  if (!problem && (isFurther || isOneOf(token.issuer, issuers_))) return std::nullopt;
  return wrongIssuer(claim, furtherIssuer);
}

Error ClaimRules::wrongIssuer(std::string_view claim, std::string_view furtherIssuer) const {
  std::vector<std::string> accepted = issuers_;
  if (!furtherIssuer.empty()) accepted.emplace_back(furtherIssuer);
  const std::string message =
      claim.empty() ? "the token names no issuer (iss)" : "the token is of the issuer " + shownClaim(claim) + " (iss)";
  return {Errc::wrongIssuer, message + "; accepted issuers are " + shownList(accepted)};
}

Problem ClaimRules::checkAudience(std::string_view claim) const {
  if (audience_.empty()) return std::nullopt;
  const bool isList = !claim.empty() && claim.front() == '[';
  const auto items = isList ? json::items(claim) : std::vector<std::string_view>{claim};
  bool found = false;
  for (const std::string_view item : items) {
    const auto text = json::toString(item);
    if (!text || text->empty()) return Error{Errc::wrongAudience, "the token's audience is missing or unreadable"};
    found = found || isOneOf(*text, audience_);
  }
  if (!found) return Error{Errc::wrongAudience, "the token is for another audience"};
  return std::nullopt;
}

Problem ClaimRules::readParty(TokenContent& token, SessionToken::Carrier carrier) const {
  const std::string_view claim = token.claims.find("azp");
  token.authorizedParty = plainText(claim).value_or("");
  if (parties_.empty() || isOneOf(token.authorizedParty, parties_)) return std::nullopt;
  const bool mayBeMissing = missingParty_ == MissingParty::allow ||
                            (missingParty_ == MissingParty::allowInCookie && carrier == SessionToken::Carrier::cookie);
  if (claim.empty() && mayBeMissing) return std::nullopt;
  return wrongParty(claim);
}

Error ClaimRules::wrongParty(std::string_view claim) const {
  const std::string message = claim.empty() ? "the token names no authorized party (azp)"
                                            : "the token is for the party " + shownClaim(claim) + " (azp)";
  return {Errc::wrongParty, message + "; authorizedParties are " + shownList(parties_)};
}

Problem ClaimRules::readTimes(TokenContent& token, std::chrono::system_clock::time_point now) const {
  using std::chrono::milliseconds;
  const auto current = std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count();
  const auto isLater = [&](std::int64_t seconds) { return seconds * 1000 > current + skew_.count(); };

  const auto expiresAt = jwt::toNumericDate(token.claims.find("exp"));
  if (!expiresAt) return badClaim("exp");
  token.expiresAt = *expiresAt;
  if (*expiresAt * 1000 <= current - skew_.count()) return Error{Errc::expired, "the token has expired"};

  const std::string_view notBeforeClaim = token.claims.find("nbf");
  const auto notBefore = jwt::toNumericDate(notBeforeClaim);
  if (!notBeforeClaim.empty() && !notBefore) return badClaim("nbf");
  if (notBefore && isLater(*notBefore)) return Error{Errc::notYetValid, "the token is not valid yet"};

  const std::string_view issuedAtClaim = token.claims.find("iat");
  token.issuedAt = jwt::toNumericDate(issuedAtClaim);
  if (!issuedAtClaim.empty() && !token.issuedAt) return badClaim("iat");
  if (token.issuedAt && isLater(*token.issuedAt)) {
    return Error{Errc::issuedInFuture, "the token was issued in the future"};
  }
  return std::nullopt;
}

namespace {

using Problem = std::optional<Error>;

Problem readActor(std::string_view json, std::optional<Actor>& actor) {
  if (json.empty() || json == "null") return std::nullopt;
  Actor result;
  const auto members = json::members(json);
  if (auto problem = readId(json::findMember(members, "sub"), "act", result.userId)) return problem;
  if (auto problem = readOptionalText(json::findMember(members, "sid"), "act", result.sessionId)) return problem;
  if (auto problem = readOptionalText(json::findMember(members, "type"), "act", result.type)) return problem;
  actor = std::move(result);
  return std::nullopt;
}

void readFactorAges(std::string_view json, std::optional<std::pair<std::int64_t, std::int64_t>>& ages) {
  const auto items = json::items(json);
  if (items.size() != 2) return;
  const auto first = json::toInteger(items[0]);
  const auto second = json::toInteger(items[1]);
  if (first && second) ages = {*first, *second};
}

}  // namespace

SessionRules::SessionRules(const SessionVerifierOptions& options, std::vector<std::string> issuers)
    : rules_(options, std::move(issuers)), acceptPending_(!options.treatPendingAsSignedOut) {}

std::optional<Error> SessionRules::read(SessionContent& session, const SessionCircumstances& circumstances) const {
  if (auto problem = rules_.read(session, circumstances)) return problem;
  if (ascii::startsWith(session.subject, machineSubjectPrefix)) {
    return Error{Errc::wrongCategory, "the token is a machine's"};
  }
  const jwt::Claims& claims = session.claims;
  if (auto problem = readId(claims.find("sid"), "sid", session.sessionId)) return problem;
  if (auto problem = readStatus(session)) return problem;
  if (auto problem = readActor(claims.find("act"), session.actor)) return problem;
  readFactorAges(claims.find("fva"), session.factorVerificationAge);
  session.plans = json::toString(claims.find("pla")).value_or("");
  session.features = json::toString(claims.find("fea")).value_or("");
  return readOrganization(claims, session.organization);
}

Problem SessionRules::readStatus(SessionContent& session) const {
  const std::string_view claim = session.claims.find("sts");
  if (claim.empty() || json::toString(claim) == "active") return std::nullopt;
  if (json::toString(claim) != "pending") return Error{Errc::inactiveSession, "the session is not active"};
  if (!acceptPending_) return Error{Errc::inactiveSession, "the session is pending: the user has tasks to complete"};
  session.status = SessionStatus::pending;
  return std::nullopt;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
