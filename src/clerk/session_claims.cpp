#include <liveblocks/clerk/session_claims.hpp>

#include "clerk/claims_validator.hpp"
#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
SessionClaims::SessionClaims(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

const std::string& SessionClaims::userId() const noexcept { return state_->subject; }

const std::string& SessionClaims::sessionId() const noexcept { return state_->sessionId; }

const std::string& SessionClaims::issuer() const noexcept { return state_->issuer; }

const std::string& SessionClaims::authorizedParty() const noexcept { return state_->authorizedParty; }

SessionStatus SessionClaims::status() const noexcept { return state_->status; }

const std::optional<Organization>& SessionClaims::organization() const noexcept { return state_->organization; }

const std::optional<Actor>& SessionClaims::actor() const noexcept { return state_->actor; }

const std::optional<std::pair<std::int64_t, std::int64_t>>& SessionClaims::factorVerificationAge() const noexcept {
  return state_->factorVerificationAge;
}

const std::string& SessionClaims::plans() const noexcept { return state_->plans; }

const std::string& SessionClaims::features() const noexcept { return state_->features; }

std::chrono::system_clock::time_point SessionClaims::expiresAt() const noexcept {
  return jwt::toTimePoint(state_->expiresAt);
}

std::optional<std::chrono::system_clock::time_point> SessionClaims::issuedAt() const noexcept {
  if (!state_->issuedAt) return std::nullopt;
  return jwt::toTimePoint(*state_->issuedAt);
}

std::optional<std::string> SessionClaims::stringClaim(std::string_view name) const {
  return json::toString(state_->claims.find(name));
}

std::optional<std::int64_t> SessionClaims::integerClaim(std::string_view name) const {
  return json::toInteger(state_->claims.find(name));
}

std::optional<bool> SessionClaims::boolClaim(std::string_view name) const {
  return json::toBool(state_->claims.find(name));
}

std::optional<Json> SessionClaims::jsonClaim(std::string_view name) const {
  const std::string_view text = state_->claims.find(name);
  if (text.empty()) return std::nullopt;
  return Json::parse(text);
}

const std::string& SessionClaims::payload() const noexcept { return state_->claims.payload(); }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
