#include <string>

#include "http/form.hpp"
#include "http/percent.hpp"
#include "room_check.hpp"
#include "room_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

std::optional<Error> findProblem(const RoomFilter& filter, const RoomPageOptions& page) {
  RoomCheck check;
  constexpr std::size_t most = RoomPageOptions::maxLimit;
  check.require(page.limit >= 1 && page.limit <= most, "limit", "is not between 1 and " + std::to_string(most));
  check.text("startingAfter", page.startingAfter);
  if (filter.userId) check.accessId("userId", *filter.userId);
  if (filter.groupIds) {
    check.require(filter.userId || !filter.groupIds->empty(), "groupIds", "is empty, and there is no userId");
    for (const std::string& id : *filter.groupIds) {
      check.accessId("an id in groupIds", id);
      check.require(id.find(',') == std::string::npos, "an id in groupIds", "holds a comma");
    }
  }
  check.text("organizationId", filter.organizationId);
  return check.error();
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text.append(text.empty() ? "" : ",").append(id);
  return text;
}

/// In the vendor's order.
http::FormParameters parametersOf(const RoomFilter& filter, const RoomPageOptions& page) {
  http::FormParameters parameters;
  if (page.limit != RoomPageOptions().limit) parameters.emplace_back("limit", std::to_string(page.limit));
  if (page.startingAfter) parameters.emplace_back("startingAfter", *page.startingAfter);
  if (filter.userId) parameters.emplace_back("userId", *filter.userId);
  if (filter.groupIds && !filter.groupIds->empty()) parameters.emplace_back("groupIds", joined(*filter.groupIds));
  if (!filter.query.text().empty()) parameters.emplace_back("query", filter.query.text());
  if (filter.organizationId) parameters.emplace_back("organizationId", *filter.organizationId);
  return parameters;
}

}  // namespace

Result<std::string> roomPath(std::string_view roomId) {
  RoomCheck check;
  check.roomId("the room id", roomId);
  if (check.error()) return *check.error();
  return "/v2/rooms/" + http::percentEncode(roomId, http::componentEscapes);
}

Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page) {
  if (const auto error = findProblem(filter, page)) return *error;
  const std::string query = http::writeForm(parametersOf(filter, page));
  return query.empty() ? "/v2/rooms" : "/v2/rooms?" + query;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
