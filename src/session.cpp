#include <liveblocks/session.hpp>

#include <stdexcept>
#include <utility>

#include "api_exchange.hpp"
#include "core/logging.hpp"
#include "grant_warnings.hpp"
#include "session_state.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::string Session::State::seal() {
  if (sealed) {
    throw std::logic_error("You cannot reuse Session instances. Please create a new session every time.");
  }
  sealed = true;
  if (grants.empty()) {
    writeLog(client->log, LogLevel::warning,
             "Access tokens without any permission will not be supported soon, you should use wildcards when the "
             "client requests a token for resources outside a room. See "
             "https://liveblocks.io/docs/errors/liveblocks-client/access-tokens-not-enough-permissions");
  }
  if (client->log) {
    for (const std::string& warning : warningsAbout(grants)) {
      writeLog(client->log, LogLevel::warning, warning);
    }
  }
  return body();
}

std::string Session::State::body() const {
  std::string text = "{\"userId\":" + Json(userId).text() + ",\"permissions\":" + grantsJson(grants);
  if (options.userInfo) text += ",\"userInfo\":" + options.userInfo->text();
  if (options.organizationId) text += ",\"organizationId\":" + Json(*options.organizationId).text();
  return text += '}';
}

Session::Session(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Session& Session::allow(std::string_view roomOrPattern, const Permissions& permissions) & {
  checkGrant(roomOrPattern, permissions);
  const auto state = usableState();
  if (state->sealed) throw std::logic_error("You can no longer change these permissions.");
  addGrant(state->grants, roomOrPattern, permissions);
  return *this;
}

Session Session::allow(std::string_view roomOrPattern, const Permissions& permissions) && {
  allow(roomOrPattern, permissions);
  return std::move(*this);
}

bool Session::hasPermissions() const noexcept { return state_ && !state_->grants.empty(); }

bool Session::covers(std::string_view roomId) const noexcept { return state_ && coversRoom(state_->grants, roomId); }

std::optional<PermissionMatrix> Session::permissionsFor(std::string_view roomId) const {
  return resolvePermissions(usableState()->grants, roomId);
}

// The calls that log or send hold the state, so that destroying the session from in there does no harm.

AuthResponse Session::authorize(std::optional<Deadline> deadline) {
  const auto state = usableState();
  requireTransport(*state->client);
  return authorizeCall(state->client).perform(state->seal(), deadline);
}

http::Request Session::request() {
  const auto state = usableState();
  return authorizeCall(state->client).request(state->seal());
}

AuthResponse Session::response(const Result<http::Response>& answer) const {
  return authorizeCall(usableState()->client).response(answer);
}

std::shared_ptr<Session::State> Session::usableState() const {
  if (!state_) throw std::logic_error("this session has been moved from");
  return state_;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
