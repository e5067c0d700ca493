#include "session.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "core/json_writer.hpp"
#include "core/logging.hpp"
#include "core/text.hpp"
#include "http/delivery.hpp"

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

/// The scopes for one part of a room.
struct Scopes {
  std::size_t count = 0;
  /// Separated by commas.
  std::string names;
};

Scopes scopesFor(Resource resource, const Permissions& permissions) {
  Scopes scopes;
  for (const std::string_view scope : permissions) {
    const auto grant = grantOf(scope);
    if (!grant || grant->resource != resource) continue;
    scopes.names.append(scopes.count > 0 ? ", " : "").append(scope);
    ++scopes.count;
  }
  return scopes;
}

/// What all entries except one grant in a room that `key` matches and no narrower entry does.
PermissionMatrix grantedFor(std::string_view key, const PermissionEntries& entries, const Entry* leftOut = nullptr) {
  PermissionEntries matching;
  for (const Entry& entry : entries) {
    if (&entry != leftOut && patternIncludes(entry.first, key)) matching.push_back(entry);
  }
  return combinePermissions(matching);
}

/// Finds the mistakes in one entry.
class Inspection {
 public:
  Inspection(const Entry& entry, const PermissionEntries& all) : entry_(entry), scopes_(entry.second) {
    // The narrowest entry that matches a room determines which others match it: one room for each is enough.
    for (const Entry& narrowest : all) {
      if (!patternIncludes(entry.first, narrowest.first)) continue;
      granted_.push_back(grantedFor(narrowest.first, all));
      grantedByOthers_.push_back(grantedFor(narrowest.first, all, &entry));
    }
  }

  std::vector<std::string> warnings() {
    for (const Resource resource : scopedResources) inspect(resource);
    if (!hasVainScope_ && granted_ == grantedByOthers_ && !meansWhatIsGranted()) {
      warn("it changes nothing. Other entries decide about these rooms.");
    }
    return std::move(warnings_);
  }

 private:
  void inspect(Resource resource) {
    const Scopes scopes = scopesFor(resource, entry_.second);
    if (scopes.count > 1) warn(scopes.names + " contradict each other. The strongest counts.");
    if (scopes.count == 0 || isGrantedSomewhere(resource)) return;
    hasVainScope_ = true;
    warn(scopes.names + " without effect. Another entry grants more, and the strongest counts.");
  }

  bool isGrantedSomewhere(Resource resource) const {
    return std::any_of(granted_.begin(), granted_.end(), [&](const PermissionMatrix& matrix) {
      return accessTo(matrix, resource) == scopes_.of(resource);
    });
  }

  bool meansWhatIsGranted() const {
    if (!scopes_.of(Resource::room)) return scopesOfAnyPart();
    return std::find(granted_.begin(), granted_.end(), scopes_.matrix()) != granted_.end();
  }

  bool scopesOfAnyPart() const {
    return std::any_of(scopedResources.begin(), scopedResources.end(),
                       [&](Resource resource) { return scopes_.of(resource).has_value(); });
  }

  void warn(const std::string& text) {
    constexpr std::size_t maxNameBytes = 64;
    warnings_.push_back("Permissions for \"" + utf8::printable(entry_.first, maxNameBytes) + "\": " + text);
  }

  const Entry& entry_;
  ExplicitAccess scopes_;
  /// What is granted in each kind of room that the entry matches.
  std::vector<PermissionMatrix> granted_;
  std::vector<PermissionMatrix> grantedByOthers_;
  bool hasVainScope_ = false;
  std::vector<std::string> warnings_;
};

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

std::vector<std::string> warningsAbout(const PermissionEntries& entries) {
  std::vector<std::string> warnings;
  for (const Entry& entry : entries) {
    for (std::string& warning : Inspection(entry, entries).warnings()) warnings.push_back(std::move(warning));
  }
  return warnings;
}

}  // namespace detail

std::string Session::State::seal() {
  if (sealed) {
    throw std::logic_error("You cannot reuse Session instances. Please create a new session every time.");
  }
  sealed = true;
  if (grants.empty()) {
    logging::write(client->log, LogLevel::warning,
                   "Access tokens without any permission will not be supported soon, you should use wildcards when the "
                   "client requests a token for resources outside a room. See "
                   "https://liveblocks.io/docs/errors/liveblocks-client/access-tokens-not-enough-permissions");
  }
  if (client->log) {
    for (const std::string& warning : detail::warningsAbout(grants)) {
      logging::write(client->log, LogLevel::warning, warning);
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

void Session::authorizeAsync(Callback<AuthResponse> done, const AsyncOptions& options) {
  const auto state = usableState();
  detail::requireTransport(*state->client);
  http::detail::Delivery<AuthResponse> delivery(std::move(done), options.executor);
  detail::authorizeCall(state->client).start(state->seal(), std::move(delivery), options);
}

http::Request Session::request() {
  const auto state = usableState();
  return detail::authorizeCall(state->client).request(state->seal());
}

AuthResponse Session::response(const Result<http::Response>& response) const {
  return detail::authorizeCall(usableState()->client)(response);
}

std::shared_ptr<Session::State> Session::usableState() const {
  if (!state_) throw std::logic_error("this session has been moved from");
  return state_;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
