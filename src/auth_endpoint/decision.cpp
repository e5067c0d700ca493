#include <liveblocks/auth_endpoint/decision.hpp>

#include <memory>
#include <optional>
#include <utility>

#include "auth_endpoint/waiting.hpp"
#include "session.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

Decision::Decision() = default;

Decision Decision::refuse(std::string reason) {
  Decision decision;
  decision.kind_ = Kind::refuse;
  decision.reason_ = std::move(reason);
  return decision;
}

Decision Decision::unavailable(std::string reason) {
  Decision decision;
  decision.kind_ = Kind::unavailable;
  decision.reason_ = std::move(reason);
  return decision;
}

Decision& Decision::allow(std::string_view roomOrPattern, const Permissions& permissions) & {
  detail::checkGrant(roomOrPattern, permissions);
  detail::addGrant(grants_, roomOrPattern, permissions);
  return *this;
}

Decision Decision::allow(std::string_view roomOrPattern, const Permissions& permissions) && {
  allow(roomOrPattern, permissions);
  return std::move(*this);
}

namespace {

/// The host takes its own request back when the call returns.
Decision waitForDecision(const detail::DecideLater& decide, const AuthRequest& request) {
  using Waiting = detail::Waiting<Decision, std::pair<http::ReceivedRequest, AuthRequest>>;
  const auto waiting =
      std::make_shared<Waiting>(std::pair(http::ReceivedRequest::copyOf(request.httpRequest), request));
  waiting->lent().second.httpRequest = waiting->lent().first.view();
  decide(waiting->lent().second, waiting->callback());
  std::optional<Decision> decision = waiting->until(request.deadline);
  return decision ? *std::move(decision) : Decision::unavailable("Access could not be decided in time");
}

}  // namespace

Decision Decide::operator()(const AuthRequest& request) const {
  return later_ ? waitForDecision(later_, request) : now_(request);
}

Decision Decide::operator()(const Caller& caller, const std::optional<std::string>& room) const {
  return (*this)({caller, room});
}

void Decide::callAsync(const AuthRequest& request, Callback<Decision> done) const {
  if (later_) return later_(request, std::move(done));
  done(now_(request));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
