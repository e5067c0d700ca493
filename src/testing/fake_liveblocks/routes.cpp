#include "testing/fake_liveblocks/routes.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {
namespace {

/// A route of the API.
struct Row {
  Endpoint endpoint;
  std::string_view method;
  /// The path below `/v2`; `*` stands for an id.
  std::string_view resource;
};

constexpr std::array<Row, 27> rows{{
    {Endpoint::authorizeUser, "POST", "/authorize-user"},
    {Endpoint::identifyUser, "POST", "/identify-user"},
    {Endpoint::listRooms, "GET", "/rooms"},
    {Endpoint::createRoom, "POST", "/rooms"},
    {Endpoint::getRoom, "GET", "/rooms/*"},
    {Endpoint::updateRoom, "POST", "/rooms/*"},
    {Endpoint::deleteRoom, "DELETE", "/rooms/*"},
    {Endpoint::upsertRoom, "POST", "/rooms/*/upsert"},
    {Endpoint::updateRoomId, "POST", "/rooms/*/update-room-id"},
    {Endpoint::prewarmRoom, "GET", "/rooms/*/prewarm"},
    {Endpoint::getActiveUsers, "GET", "/rooms/*/active-users"},
    {Endpoint::getActiveUsers, "GET", "/rooms/*/active_users"},
    {Endpoint::broadcastEvent, "POST", "/rooms/*/broadcast-event"},
    {Endpoint::getStorage, "GET", "/rooms/*/storage"},
    {Endpoint::initializeStorage, "POST", "/rooms/*/storage"},
    {Endpoint::deleteStorage, "DELETE", "/rooms/*/storage"},
    {Endpoint::patchStorage, "PATCH", "/rooms/*/storage/json-patch"},
    {Endpoint::triggerNotification, "POST", "/inbox-notifications/trigger"},
    {Endpoint::listNotifications, "GET", "/users/*/inbox-notifications"},
    {Endpoint::listThreads, "GET", "/rooms/*/threads"},
    {Endpoint::createThread, "POST", "/rooms/*/threads"},
    {Endpoint::getThread, "GET", "/rooms/*/threads/*"},
    {Endpoint::deleteThread, "DELETE", "/rooms/*/threads/*"},
    {Endpoint::resolveThread, "POST", "/rooms/*/threads/*/mark-as-resolved"},
    {Endpoint::unresolveThread, "POST", "/rooms/*/threads/*/mark-as-unresolved"},
    {Endpoint::createComment, "POST", "/rooms/*/threads/*/comments"},
    {Endpoint::getComment, "GET", "/rooms/*/threads/*/comments/*"},
}};

/// Splits a path into segments, resolving dot segments like an HTTP client,
/// https://url.spec.whatwg.org/#double-dot-path-segment.
std::vector<std::string_view> segmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    const std::string dots = percentDecode(segment).value_or("");
    if (dots == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (dots != ".") {
      segments.push_back(segment);
      continue;
    }
    if (path.empty()) segments.emplace_back();
  }
  if (!segments.empty() && segments.back().empty()) segments.pop_back();
  return segments;
}

/// Returns the ids if the path below `/v2` is that of the resource.
std::optional<std::vector<std::string_view>> idsIn(std::string_view resource,
                                                   const std::vector<std::string_view>& segments) {
  if (segments.empty() || segments.front() != "v2") return std::nullopt;
  std::vector<std::string_view> ids;
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (resource.empty() || segments[i].empty()) return std::nullopt;
    resource.remove_prefix(1);
    const std::string_view part = resource.substr(0, resource.find('/'));
    resource.remove_prefix(part.size());
    if (part == "*") {
      ids.push_back(segments[i]);
    } else if (part != segments[i]) {
      return std::nullopt;
    }
  }
  return resource.empty() && segments.size() > 1 ? std::make_optional(std::move(ids)) : std::nullopt;
}

}  // namespace

std::variant<Route, http::Response> findRoute(std::string_view method, std::string_view path) {
  const std::vector<std::string_view> segments = segmentsOf(path);
  std::string methods;
  for (const Row& row : rows) {
    auto ids = idsIn(row.resource, segments);
    if (ids && row.method == method) return Route{row.endpoint, *std::move(ids)};
    if (ids) methods.append(methods.empty() ? "" : ", ").append(row.method);
  }
  return methods.empty() ? noSuchEndpoint() : noSuchMethod(std::move(methods));
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
