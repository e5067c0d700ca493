#include "session.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/json_writer.hpp"
#include "core/logging.hpp"
#include "core/text.hpp"
#include "grant_warnings.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

using Entry = PermissionEntries::value_type;

const char* problemOfPattern(std::string_view text) noexcept {
  if (text == "*") return nullptr;
  if (!text.empty() && text.back() == '*') text.remove_suffix(1);
  return problemOfRoomId(text);
}

/// Liveblocks resolves every other scope to nothing without a base scope.
bool hasBaseScope(const Permissions& set) noexcept { return ExplicitAccess(set).of(Resource::room).has_value(); }

bool hasBaseFor(const PermissionEntries& entries, std::string_view key) noexcept {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    return patternIncludes(entry.first, key) && hasBaseScope(entry.second);
  });
}

/// The JSON object that Liveblocks expects: `{"<room or pattern>":["<scope>",…],…}`.
std::string jsonOf(const PermissionEntries& entries) {
  json::ObjectWriter object;
  for (const auto& [key, permissions] : entries) object.addJson(key, jsonList(permissions));
  return object.finish();
}

}  // namespace

const char* problemOfRoomId(std::string_view text) noexcept {
  if (text.empty()) return "it is empty";
  if (text.find('*') != std::string_view::npos) return "a '*' may stand only at the end of a pattern";
  const auto length = utf8::utf16Length(text);
  if (!length) return "it is not valid UTF-8";
  if (*length > Session::maxRoomIdLength) return "it is longer than 128 UTF-16 code units";
  return nullptr;
}

void checkGrant(std::string_view roomOrPattern, const Permissions& permissions) {
  if (const char* problem = problemOfPattern(roomOrPattern)) {
    throw std::invalid_argument(std::string("Invalid room name or pattern: ") + problem);
  }
  if (permissions.empty()) throw std::invalid_argument("Permission list cannot be empty");
}

void addGrant(PermissionEntries& entries, std::string_view roomOrPattern, const Permissions& permissions) {
  if (!hasBaseScope(permissions) && !hasBaseFor(entries, roomOrPattern)) {
    throw std::invalid_argument(
        "Permissions must include one of *:read, *:write (or the legacy aliases room:read, room:write), or they grant "
        "nothing. To narrow a wider pattern, allow that pattern first");
  }
  const auto known =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.first == roomOrPattern; });
  if (known != entries.end()) {
    known->second.add(permissions);
    return;
  }
  if (entries.size() == Session::maxEntries) {
    throw std::length_error("You cannot add permissions for more than 10 rooms in a single token");
  }
  entries.emplace_back(roomOrPattern, permissions);
}

}  // namespace detail

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
    for (const std::string& warning : detail::warningsAbout(grants)) {
      writeLog(client->log, LogLevel::warning, warning);
    }
  }
  return body();
}

std::string Session::State::body() const {
  json::ObjectWriter object;
  object.addString("userId", userId);
  object.addJson("permissions", detail::jsonOf(grants));
  if (options.userInfo) object.addJson("userInfo", options.userInfo->text());
  if (options.organizationId) object.addString("organizationId", *options.organizationId);
  return object.finish();
}

Session::Session(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Session& Session::allow(std::string_view roomOrPattern, const Permissions& permissions) & {
  detail::checkGrant(roomOrPattern, permissions);
  const auto state = usableState();
  if (state->sealed) throw std::logic_error("You can no longer change these permissions.");
  detail::addGrant(state->grants, roomOrPattern, permissions);
  return *this;
}

Session Session::allow(std::string_view roomOrPattern, const Permissions& permissions) && {
  allow(roomOrPattern, permissions);
  return std::move(*this);
}

bool Session::hasPermissions() const noexcept { return state_ && !state_->grants.empty(); }

bool Session::covers(std::string_view roomId) const noexcept {
  return state_ && std::any_of(state_->grants.begin(), state_->grants.end(),
                               [&](const auto& entry) { return detail::patternMatches(entry.first, roomId); });
}

std::optional<PermissionMatrix> Session::permissionsFor(std::string_view roomId) const {
  return detail::resolvePermissions(usableState()->grants, roomId);
}

// The calls that log or send keep the state alive, so that the log or the transport may destroy the session.

AuthResponse Session::authorize(std::optional<Deadline> deadline) {
  const auto state = usableState();
  detail::requireTransport(*state->client);
  return detail::authorizeCall(state->client).perform(state->seal(), deadline);
}

http::Request Session::request() {
  const auto state = usableState();
  return detail::authorizeCall(state->client).request(state->seal());
}

AuthResponse Session::response(const Result<http::Response>& response) const {
  return detail::authorizeCall(usableState()->client).response(response);
}

std::shared_ptr<Session::State> Session::usableState() const {
  if (!state_) throw std::logic_error("this session has been moved from");
  return state_;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
