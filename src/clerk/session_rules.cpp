#include "clerk/session_rules.hpp"

#include <utility>

#include "clerk/session_organization.hpp"
#include "clerk/subject.hpp"
#include "core/ascii.hpp"
#include "core/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
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

SessionRules::SessionRules(const VerifierOptions& options, std::vector<std::string> issuers)
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
