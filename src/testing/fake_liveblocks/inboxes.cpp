#include "testing/fake_liveblocks/inboxes.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

#include "core/time.hpp"
#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

http::Response Inboxes::trigger(const ordered_json& body, std::chrono::system_clock::time_point at) {
  const std::string now = timing::toRfc3339(at);
  ordered_json notification{{"kind", body["kind"]}, {"subjectId", body["subjectId"]}};
  if (body.contains("roomId")) notification["roomId"] = body["roomId"];
  const auto isSame = [&](const Entry& entry) {
    const auto agrees = [&](const char* name) {
      return entry.notification.value(name, ordered_json()) == notification.value(name, ordered_json());
    };
    return entry.userId == body["userId"] && agrees("kind") && agrees("subjectId") && agrees("roomId");
  };
  const auto same = std::find_if(entries_.begin(), entries_.end(), isSame);
  if (same == entries_.end()) {
    notification["id"] = "in_" + std::to_string(++lastNumber_);
    notification["activities"] = ordered_json::array();
  } else {
    notification = std::move(same->notification);
    entries_.erase(same);
  }
  notification["notifiedAt"] = now;
  notification["readAt"] = nullptr;
  const std::string activityId = "ac_" + std::to_string(++lastNumber_);
  notification["activities"].push_back({{"id", activityId}, {"createdAt", now}, {"data", body["activityData"]}});
  entries_.push_back({body["userId"], std::move(notification)});
  return found(ordered_json::object());
}

namespace {

constexpr std::size_t maxPage = 50;

/// What of an inbox to list.
struct InboxRequest {
  std::size_t limit = maxPage;
  std::string startingAfter = {};
  std::optional<bool> unread = {};
};

/// Returns nullopt for a parameter that Liveblocks rejects.
std::optional<InboxRequest> readInboxRequest(const std::vector<std::pair<std::string, std::string>>& parameters) {
  InboxRequest request;
  for (const auto& [name, value] : parameters) {
    if (name == "startingAfter") request.startingAfter = value;
    if (name == "query" && value != "unread:true" && value != "unread:false") return std::nullopt;
    if (name == "query") request.unread = value == "unread:true";
    if (name != "limit") continue;
    const char* const end = value.data() + value.size();
    const auto [last, error] = std::from_chars(value.data(), end, request.limit);
    if (error != std::errc() || last != end || request.limit < 1 || request.limit > maxPage) return std::nullopt;
  }
  return request;
}

}  // namespace

http::Response Inboxes::list(const std::string& userId, std::string_view query) const {
  const auto parameters = readQuery(query);
  if (!parameters) return badRequest();
  const auto wanted = readInboxRequest(*parameters);
  if (!wanted) return unprocessable("The limit or the query of an inbox is invalid.");
  ordered_json data = ordered_json::array();
  ordered_json nextCursor;
  bool begun = wanted->startingAfter.empty();
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    const ordered_json& notification = entry->notification;
    const bool isWanted = !wanted->unread || *wanted->unread == notification["readAt"].is_null();
    if (entry->userId != userId) continue;
    if (begun && isWanted && data.size() == wanted->limit) {
      nextCursor = data.back()["id"];
      break;
    }
    if (begun && isWanted) data.push_back(notification);
    begun = begun || notification["id"] == wanted->startingAfter;
  }
  return found({{"nextCursor", nextCursor}, {"data", data}});
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
