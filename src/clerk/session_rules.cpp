#include "clerk/session_rules.hpp"

#include <algorithm>
#include <utility>

#include "clerk/session_organization.hpp"
#include "json/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Problem = std::optional<Error>;

Error badClaim(const char* name) {
  return {Errc::badClaim, std::string("the claim ") + name + " is missing or not of its type"};
}

bool isControl(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }

/// A string that may be compared, logged and put into headers: without control characters.
std::optional<std::string> plainText(std::string_view json) {
  auto text = json::toString(json);
  return text && std::none_of(text->begin(), text->end(), isControl) ? text : std::nullopt;
}

bool isOneOf(std::string_view text, const std::vector<std::string>& accepted) {
  return std::find(accepted.begin(), accepted.end(), text) != accepted.end();
}

/// Ids, which no session is without.
Problem readId(std::string_view json, const char* name, std::string& id) {
  auto text = plainText(json);
  if (!text || text->empty()) return badClaim(name);
  id = *std::move(text);
  return std::nullopt;
}

/// A claim that may be absent, but not of another type.
Problem readOptionalText(std::string_view json, const char* name, std::string& text) {
  if (json.empty()) return std::nullopt;
  auto value = plainText(json);
  if (!value) return badClaim(name);
  text = *std::move(value);
  return std::nullopt;
}

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

SessionRules::SessionRules(const VerifierOptions& options, std::vector<std::string> issuers)
    : parties_(options.authorizedParties),
      missingParty_(options.missingParty),
      audience_(options.audience),
      issuers_(std::move(issuers)),
      skew_(options.clockSkew),
      acceptPending_(!options.treatPendingAsSignedOut) {}

std::optional<Error> SessionRules::read(SessionContent& session, const SessionCircumstances& circumstances) const {
  const jwt::Claims& claims = session.claims;
  if (auto problem = readId(claims.find("sub"), "sub", session.userId)) return problem;
  if (auto problem = readIssuer(session, circumstances.furtherIssuer)) return problem;
  if (auto problem = checkAudience(session)) return problem;
  if (auto problem = readParty(session, circumstances.carrier)) return problem;
  if (auto problem = readTimes(session, circumstances.now)) return problem;
  if (auto problem = readId(claims.find("sid"), "sid", session.sessionId)) return problem;
  if (auto problem = readStatus(session)) return problem;
  if (auto problem = readActor(claims.find("act"), session.actor)) return problem;
  readFactorAges(claims.find("fva"), session.factorVerificationAge);
  session.plans = json::toString(claims.find("pla")).value_or("");
  session.features = json::toString(claims.find("fea")).value_or("");
  return readOrganization(claims, session.organization);
}

Problem SessionRules::readIssuer(SessionContent& session, std::string_view furtherIssuer) const {
  auto problem = readOptionalText(session.claims.find("iss"), "iss", session.issuer);
  if (issuers_.empty()) return problem;
  const bool isFurther = !furtherIssuer.empty() && session.issuer == furtherIssuer;
  if (!problem && (isFurther || isOneOf(session.issuer, issuers_))) return std::nullopt;
  return Error{Errc::wrongIssuer, "the token is of another issuer"};
}

Problem SessionRules::checkAudience(const SessionContent& session) const {
  if (audience_.empty()) return std::nullopt;
  const std::string_view claim = session.claims.find("aud");
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

Problem SessionRules::readParty(SessionContent& session, SessionToken::Carrier carrier) const {
  const std::string_view claim = session.claims.find("azp");
  session.authorizedParty = plainText(claim).value_or("");
  if (parties_.empty() || isOneOf(session.authorizedParty, parties_)) return std::nullopt;
  const bool mayBeMissing = missingParty_ == MissingParty::allow ||
                            (missingParty_ == MissingParty::allowInCookie && carrier == SessionToken::Carrier::cookie);
  if (claim.empty() && mayBeMissing) return std::nullopt;
  return Error{Errc::wrongParty, claim.empty() ? "the token names no authorized party"
                                               : "the token is for a party that is not authorized"};
}

Problem SessionRules::readTimes(SessionContent& session, std::chrono::system_clock::time_point now) const {
  using std::chrono::milliseconds;
  const auto current = std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count();
  const auto isLater = [&](std::int64_t seconds) { return seconds * 1000 > current + skew_.count(); };

  const auto expiresAt = jwt::toNumericDate(session.claims.find("exp"));
  if (!expiresAt) return badClaim("exp");
  session.expiresAt = *expiresAt;
  if (*expiresAt * 1000 <= current - skew_.count()) return Error{Errc::expired, "the token has expired"};

  const std::string_view notBeforeClaim = session.claims.find("nbf");
  const auto notBefore = jwt::toNumericDate(notBeforeClaim);
  if (!notBeforeClaim.empty() && !notBefore) return badClaim("nbf");
  if (notBefore && isLater(*notBefore)) return Error{Errc::notYetValid, "the token is not valid yet"};

  const std::string_view issuedAtClaim = session.claims.find("iat");
  session.issuedAt = jwt::toNumericDate(issuedAtClaim);
  if (!issuedAtClaim.empty() && !session.issuedAt) return badClaim("iat");
  if (session.issuedAt && isLater(*session.issuedAt)) {
    return Error{Errc::issuedInFuture, "the token was issued in the future"};
  }
  return std::nullopt;
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
