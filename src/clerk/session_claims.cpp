#include <liveblocks/clerk/session_claims.hpp>

#include "clerk/session_content.hpp"
#include "json/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using TimePoint = std::chrono::system_clock::time_point;

/// The end of the clock's range where the clock cannot hold the time.
TimePoint toTimePoint(std::int64_t seconds) noexcept {
  using Seconds = std::chrono::duration<std::int64_t>;
  constexpr auto latest = std::chrono::duration_cast<Seconds>(TimePoint::max().time_since_epoch()).count();
  constexpr auto earliest = std::chrono::duration_cast<Seconds>(TimePoint::min().time_since_epoch()).count();
  if (seconds >= latest) return TimePoint::max();
  if (seconds <= earliest) return TimePoint::min();
  return TimePoint(Seconds(seconds));
}

}  // namespace

SessionClaims::SessionClaims(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

const std::string& SessionClaims::userId() const noexcept { return state_->userId; }

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

TimePoint SessionClaims::expiresAt() const noexcept { return toTimePoint(state_->expiresAt); }

std::optional<TimePoint> SessionClaims::issuedAt() const noexcept {
  if (!state_->issuedAt) return std::nullopt;
  return toTimePoint(*state_->issuedAt);
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
