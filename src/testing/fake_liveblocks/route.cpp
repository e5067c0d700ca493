#include "testing/fake_liveblocks/route.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "core/ascii.hpp"
#include "testing/fake_liveblocks/answers.hpp"
#include "testing/fake_liveblocks/url_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

namespace {

struct Row {
  Endpoint endpoint;
  std::string_view method;
  /// Below `/v2`, with `*` for the id of a room.
  std::string_view resource;
};

constexpr std::array<Row, 13> rows{{
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
}};

/// The segments of a path as an HTTP client resolves it, https://url.spec.whatwg.org/#double-dot-path-segment.
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

/// `/authorize-user`, `/rooms`, `/rooms/*`, ...; empty outside `/v2`, and for an empty segment.
std::string resourceOf(const std::vector<std::string_view>& segments) {
  if (segments.empty() || segments.front() != "v2") return {};
  std::string resource;
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (segments[i].empty()) return {};
    const bool isRoomId = i == 2 && segments[1] == "rooms";
    resource.append("/").append(isRoomId ? "*" : segments[i]);
  }
  return resource;
}

std::string methodsOf(std::string_view resource) {
  std::string methods;
  for (const Row& row : rows) {
    if (row.resource == resource) methods.append(methods.empty() ? "" : ", ").append(row.method);
  }
  return methods;
}

}  // namespace

std::variant<Route, http::Response> findRoute(std::string_view method, std::string_view path) {
  const std::vector<std::string_view> segments = segmentsOf(path);
  const std::string resource = resourceOf(segments);
  const auto* const row = std::find_if(
      rows.begin(), rows.end(), [&](const Row& each) { return each.method == method && each.resource == resource; });
  if (row == rows.end()) {
    std::string methods = methodsOf(resource);
    return methods.empty() ? noSuchEndpoint() : noSuchMethod(std::move(methods));
  }
  return Route{row->endpoint, segments.size() < 3 ? std::string_view() : segments[2]};
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
