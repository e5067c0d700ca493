#include <liveblocks/clerk/auth.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <liveblocks/clerk/requirement.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/version.hpp>

#include "clerk/organization_claims.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

/// `ofOrganization` and `ofUser` say whose feature or plan counts.
std::optional<ScopedName> readQuestion(std::string_view asked) noexcept {
  const std::size_t colon = asked.find(':');
  if (colon == std::string_view::npos) return ScopedName{asked, true, true};
  const std::string_view scope = asked.substr(0, colon);
  const std::string_view rest = asked.substr(colon + 1);
  const std::string_view name = rest.substr(0, rest.find(':'));
  if (scope == "o" || scope == "org" || scope == "organization") return ScopedName{name, true, false};
  if (scope == "u" || scope == "user") return ScopedName{name, false, true};
  return std::nullopt;
}

/// Whether the claim, `fea` or `pla`, has the feature or plan. Without a scope in front the user's and the
/// organization's count. False when either side is malformed; the third and later parts of the question are ignored.
bool isEntitled(std::string_view claim, std::string_view asked) noexcept {
  const auto question = readQuestion(asked);
  if (!question || question->name.empty()) return false;
  bool found = false;
  ListElements elements(claim);
  while (const auto element = elements.next()) {
    const auto entry = readScopedName(*element);
    if (!entry) return false;
    const bool counts = (question->ofOrganization && entry->ofOrganization) || (question->ofUser && entry->ofUser);
    found = found || (counts && entry->name == question->name);
  }
  return found;
}

constexpr std::string_view prefix = "org:";

std::string_view withoutPrefixes(std::string_view name) noexcept {
  while (ascii::startsWith(name, prefix)) name.remove_prefix(prefix.size());
  return name;
}

/// Whether the role is the one that is asked for. `org:` in front of either does not count, however often it is there;
/// what is left must not be empty.
bool hasRole(const Organization& organization, std::string_view asked) noexcept {
  const std::string_view name = withoutPrefixes(asked);
  return !name.empty() && name == withoutPrefixes(organization.role);
}

/// Whether the permission is there: in the organization's list with one `org:` in front, in the question with or
/// without.
bool hasPermission(const Organization& organization, std::string_view asked) noexcept {
  const std::string_view name = withoutPrefixes(asked);
  if (name.empty()) return false;
  const auto isAsked = [&](std::string_view permission) {
    return ascii::startsWith(permission, prefix) && permission.substr(prefix.size()) == name;
  };
  return std::any_of(organization.permissions.begin(), organization.permissions.end(), isAsked);
}

constexpr std::int64_t never = -1;

/// `ages`: minutes since the first and the second factor were verified; -1 where there is none. Other negative numbers
/// make no sense, and nothing is recent then.
bool isRecent(const std::pair<std::int64_t, std::int64_t>& ages, const Reverification& asked) noexcept {
  const auto [first, second] = ages;
  if (first < never || second < never) return false;
  const bool firstIsRecent = first != never && first < asked.afterMinutes;
  const bool secondIsRecent = second != never && second < asked.afterMinutes;
  switch (asked.level) {
    case Reverification::Level::firstFactor:
      return firstIsRecent;
    case Reverification::Level::secondFactor:
      return second == never ? firstIsRecent : secondIsRecent;
    case Reverification::Level::multiFactor:
      return firstIsRecent && (second == never || secondIsRecent);
  }
  return false;
}

const std::string& nothing() noexcept {
  static const std::string empty;
  return empty;
}

std::optional<SessionStatus> statusOf(const SessionClaims& claims) {
  if (!claims.stringClaim("sts")) return std::nullopt;
  return claims.status();
}

}  // namespace

Auth::Auth() = default;

Auth::Auth(SessionClaims claims, bool treatPendingAsSignedOut) : status_(statusOf(claims)) {
  const bool isNobody = treatPendingAsSignedOut && claims.status() == SessionStatus::pending;
  if (!isNobody) claims_ = std::move(claims);
}

bool Auth::isAuthenticated() const noexcept { return claims_.has_value(); }

const std::string& Auth::userId() const noexcept { return claims_ ? claims_->userId() : nothing(); }

const std::string& Auth::sessionId() const noexcept { return claims_ ? claims_->sessionId() : nothing(); }

std::optional<SessionStatus> Auth::sessionStatus() const noexcept { return status_; }

const Organization& Auth::organization() const noexcept {
  static const Organization none;
  return claims_ && claims_->organization() ? *claims_->organization() : none;
}

const std::string& Auth::orgId() const noexcept { return organization().id; }

const std::string& Auth::orgRole() const noexcept { return organization().role; }

const std::string& Auth::orgSlug() const noexcept { return organization().slug; }

const std::vector<std::string>& Auth::orgPermissions() const noexcept { return organization().permissions; }

const std::optional<Actor>& Auth::actor() const noexcept {
  static const std::optional<Actor> nobody;
  return claims_ ? claims_->actor() : nobody;
}

const std::optional<std::pair<std::int64_t, std::int64_t>>& Auth::factorVerificationAge() const noexcept {
  static const std::optional<std::pair<std::int64_t, std::int64_t>> unknown;
  return claims_ ? claims_->factorVerificationAge() : unknown;
}

const std::optional<SessionClaims>& Auth::sessionClaims() const noexcept { return claims_; }

// Nothing here takes memory: there is nothing that could be thrown.
bool Auth::has(const Requirement& requirement) const noexcept {
  if (!claims_ || requirement.isEmpty()) return false;
  if (requirement.role_ && !hasRole(organization(), *requirement.role_)) return false;
  if (requirement.permission_ && !hasPermission(organization(), *requirement.permission_)) return false;
  if (requirement.feature_ && !isEntitled(claims_->features(), *requirement.feature_)) return false;
  if (requirement.plan_ && !isEntitled(claims_->plans(), *requirement.plan_)) return false;
  if (!requirement.reverification_) return true;
  const auto& ages = claims_->factorVerificationAge();
  return ages && isRecent(*ages, *requirement.reverification_);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
