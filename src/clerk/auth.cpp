#include <liveblocks/clerk/auth.hpp>

#include "clerk/billing_check.hpp"
#include "clerk/organization_check.hpp"
#include "clerk/reverification_check.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

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
