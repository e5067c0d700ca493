#include <liveblocks/clerk/auth.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/version.hpp>

#include "clerk/organization_claims.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

/// Parses a required feature or plan. `ofOrganization` and `ofUser` say whose features or plans count.
std::optional<ScopedName> readRequirement(std::string_view required) noexcept {
  const std::size_t colon = required.find(':');
  if (colon == std::string_view::npos) return ScopedName{required, true, true};
  const std::string_view scope = required.substr(0, colon);
  const std::string_view rest = required.substr(colon + 1);
  const std::string_view name = rest.substr(0, rest.find(':'));
  if (scope == "o" || scope == "org" || scope == "organization") return ScopedName{name, true, false};
  if (scope == "u" || scope == "user") return ScopedName{name, false, true};
  return std::nullopt;
}

/// Whether the claim, `fea` or `pla`, contains the required feature or plan. Without a scope, those of the user and of
/// the organization count. False if either string is malformed; the third and later parts of `required` are ignored.
bool isEntitled(std::string_view claim, std::string_view required) noexcept {
  const auto wanted = readRequirement(required);
  if (!wanted || wanted->name.empty()) return false;
  bool found = false;
  ListElements elements(claim);
  while (const auto element = elements.next()) {
    const auto entry = readScopedName(*element);
    if (!entry) return false;
    const bool counts = (wanted->ofOrganization && entry->ofOrganization) || (wanted->ofUser && entry->ofUser);
    found = found || (counts && entry->name == wanted->name);
  }
  return found;
}

constexpr std::string_view orgPrefix = "org:";

std::string_view withoutPrefixes(std::string_view name) noexcept {
  while (ascii::startsWith(name, orgPrefix)) name.remove_prefix(orgPrefix.size());
  return name;
}

/// Whether the organization's role is the required one. All prefixes `org:` of both are ignored; the rest must not be
/// empty.
bool hasRole(const Organization& organization, std::string_view required) noexcept {
  const std::string_view name = withoutPrefixes(required);
  return !name.empty() && name == withoutPrefixes(organization.role);
}

/// Whether the organization has the permission: in its list with one prefix `org:`, in the requirement with any number
/// of them.
bool hasPermission(const Organization& organization, std::string_view required) noexcept {
  const std::string_view name = withoutPrefixes(required);
  if (name.empty()) return false;
  const auto isRequired = [&](std::string_view permission) {
    return ascii::startsWith(permission, orgPrefix) && permission.substr(orgPrefix.size()) == name;
  };
  return std::any_of(organization.permissions.begin(), organization.permissions.end(), isRequired);
}

constexpr std::int64_t never = -1;

/// `ages` are the minutes since the first and the second factor were verified; -1 for a missing factor. With other
/// negative numbers the requirement is not met.
bool isRecent(const std::pair<std::int64_t, std::int64_t>& ages, const Reverification& required) noexcept {
  const auto [first, second] = ages;
  if (first < never || second < never) return false;
  const bool firstIsRecent = first != never && first < required.afterMinutes;
  const bool secondIsRecent = second != never && second < required.afterMinutes;
  switch (required.level) {
    case Reverification::Level::firstFactor:
      return firstIsRecent;
    case Reverification::Level::secondFactor:
      return second == never ? firstIsRecent : secondIsRecent;
    case Reverification::Level::multiFactor:
      return firstIsRecent && (second == never || secondIsRecent);
  }
  return false;
}

constexpr std::int64_t hour = 60;
constexpr std::int64_t day = 24 * hour;

const std::string& emptyString() noexcept {
  static const std::string empty;
  return empty;
}

std::optional<SessionStatus> statusOf(const SessionClaims& claims) {
  if (!claims.stringClaim("sts")) return std::nullopt;
  return claims.status();
}

}  // namespace

Reverification Reverification::strictMfa() noexcept { return {Level::multiFactor, 10}; }

Reverification Reverification::strict() noexcept { return {Level::secondFactor, 10}; }

Reverification Reverification::moderate() noexcept { return {Level::secondFactor, hour}; }

Reverification Reverification::lax() noexcept { return {Level::secondFactor, day}; }

Requirement::Requirement() = default;

bool Requirement::isEmpty() const noexcept { return !role_ && !permission_ && !feature_ && !plan_ && !reverification_; }

Requirement& Requirement::role(std::string value) & {
  role_ = std::move(value);
  return *this;
}

Requirement Requirement::role(std::string value) && { return std::move(role(std::move(value))); }

Requirement& Requirement::permission(std::string value) & {
  permission_ = std::move(value);
  return *this;
}

Requirement Requirement::permission(std::string value) && { return std::move(permission(std::move(value))); }

Requirement& Requirement::feature(std::string value) & {
  feature_ = std::move(value);
  return *this;
}

Requirement Requirement::feature(std::string value) && { return std::move(feature(std::move(value))); }

Requirement& Requirement::plan(std::string value) & {
  plan_ = std::move(value);
  return *this;
}

Requirement Requirement::plan(std::string value) && { return std::move(plan(std::move(value))); }

Requirement& Requirement::reverification(Reverification value) & {
  reverification_ = value;
  return *this;
}

Requirement Requirement::reverification(Reverification value) && { return std::move(reverification(value)); }

Auth::Auth() = default;

Auth::Auth(SessionClaims claims, bool treatPendingAsSignedOut) : status_(statusOf(claims)) {
  const bool isSignedOut = treatPendingAsSignedOut && claims.status() == SessionStatus::pending;
  if (!isSignedOut) claims_ = std::move(claims);
}

bool Auth::isAuthenticated() const noexcept { return claims_.has_value(); }

const std::string& Auth::userId() const noexcept { return claims_ ? claims_->userId() : emptyString(); }

const std::string& Auth::sessionId() const noexcept { return claims_ ? claims_->sessionId() : emptyString(); }

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
  static const std::optional<Actor> none;
  return claims_ ? claims_->actor() : none;
}

const std::optional<std::pair<std::int64_t, std::int64_t>>& Auth::factorVerificationAge() const noexcept {
  static const std::optional<std::pair<std::int64_t, std::int64_t>> unknown;
  return claims_ ? claims_->factorVerificationAge() : unknown;
}

const std::optional<SessionClaims>& Auth::sessionClaims() const noexcept { return claims_; }

// Nothing here allocates memory, so nothing can throw.
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
