#include "room_request.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <liveblocks/core/json.hpp>

#include "core/text.hpp"
#include "grants.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {
/// Somebody on the way may decode `%2F` or `%5C`, and then resolve the `.` or `..` behind it.
bool hasDotSegment(std::string_view id) noexcept {
  while (true) {
    const std::size_t end = id.find_first_of("/\\");
    const std::string_view segment = id.substr(0, end);
    if (segment == "." || segment == "..") return true;
    if (end == std::string_view::npos) return false;
    id.remove_prefix(end + 1);
  }
}

bool isKept(const Permissions&) noexcept { return true; }
bool isKept(const RoomMetadataValue&) noexcept { return true; }
template <class Value>
bool isKept(const std::optional<Value>& value) noexcept {
  return value.has_value();
}

template <class Map>
std::size_t countKept(const Map& map) {
  return static_cast<std::size_t>(
      std::count_if(map.begin(), map.end(), [](const auto& entry) { return isKept(entry.second); }));
}

}  // namespace

void RoomCheck::roomId(std::string_view name, std::string_view id) {
  require(!id.empty(), name, "is empty");
  length(name, id, RoomLimits::idLength);
  require(!hasDotSegment(id), name, "is a path segment of dots, or holds one");
}

void RoomCheck::newRoomId(std::string_view name, std::string_view id) {
  roomId(name, id);
  require(id.find('*') == std::string_view::npos, name, "holds a '*', which stands for many rooms in permissions");
}

void RoomCheck::accessId(std::string_view name, std::string_view id) {
  require(!id.empty(), name, "is empty");
  length(name, id, RoomLimits::accessIdLength);
}

void RoomCheck::text(std::string_view name, const std::optional<std::string>& value) {
  if (!value) return;
  require(!value->empty(), name, "is empty");
  require(utf8::isValid(*value), name, "is not valid UTF-8");
}

void RoomCheck::require(bool holds, std::string_view name, std::string_view problem) {
  if (holds || error_) return;
  error_ = Error{Errc::invalidRequest, std::string(name).append(" ").append(problem)};
}

template <class Map>
void RoomCheck::allAccesses(std::string_view name, const Map& accesses) {
  count(name, countKept(accesses), RoomLimits::accesses);
  const std::string idName = "an id in " + std::string(name);
  for (const auto& entry : accesses) accessId(idName, entry.first);
}

template <class Map>
void RoomCheck::allMetadata(const Map& metadata) {
  count("metadata", countKept(metadata), RoomLimits::metadataEntries);
  for (const auto& entry : metadata) {
    require(!entry.first.empty(), "a key of metadata", "is empty");
    length("a key of metadata", entry.first, RoomLimits::metadataKeyLength);
    value(entry.second);
  }
}

template void RoomCheck::allAccesses(std::string_view name, const RoomAccesses& accesses);
template void RoomCheck::allAccesses(std::string_view name, const RoomAccessesUpdate& accesses);
template void RoomCheck::allMetadata(const RoomMetadata& metadata);
template void RoomCheck::allMetadata(const RoomMetadataUpdate& metadata);

void RoomCheck::value(const RoomMetadataValue& value) {
  constexpr std::string_view name = "a value of metadata";
  if (const auto* text = std::get_if<std::string>(&value)) return length(name, *text, RoomLimits::metadataValueLength);
  for (const std::string& text : std::get<std::vector<std::string>>(value)) {
    length(name, text, RoomLimits::metadataValueLength);
  }
}

void RoomCheck::value(const std::optional<RoomMetadataValue>& value) {
  if (value) this->value(*value);
}

void RoomCheck::length(std::string_view name, std::string_view text, std::size_t max) {
  const std::optional<std::size_t> units = utf8::utf16Length(text);
  require(units.has_value(), name, "is not valid UTF-8");
  if (units.value_or(0) > max) require(false, name, "is longer than " + std::to_string(max) + " UTF-16 code units");
}

void RoomCheck::count(std::string_view name, std::size_t entries, std::size_t max) {
  if (entries > max) require(false, name, "has more than " + std::to_string(max) + " entries");
}

namespace {
/// A JSON object that is being put together.
class ObjectText {
 public:
  void add(std::string_view name, const std::string& value) {
    if (text_.size() > 1) text_ += ',';
    text_.append(Json(name).text()).append(":").append(value);
  }

  std::string text() const { return text_ + '}'; }

 private:
  std::string text_ = "{";
};

std::string jsonOf(const Permissions& permissions) { return jsonList(permissions); }

std::string jsonOf(const RoomMetadataValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? Json(*text).text() : jsonList(std::get<std::vector<std::string>>(value));
}

template <class Value>
std::string jsonOf(const std::optional<Value>& value) {
  return value ? jsonOf(*value) : "null";
}

template <class Map>
void addUnlessEmpty(ObjectText& object, std::string_view name, const Map& map) {
  if (map.empty()) return;
  ObjectText members;
  for (const auto& [key, value] : map) members.add(key, jsonOf(value));
  object.add(name, members.text());
}

void check(RoomCheck& arguments, const CreateRoomOptions& options) {
  arguments.accesses("groupsAccesses", options.groupsAccesses);
  arguments.accesses("usersAccesses", options.usersAccesses);
  arguments.metadata(options.metadata);
  arguments.text("organizationId", options.organizationId);
}

void check(RoomCheck& arguments, const UpdateRoomOptions& update) {
  const bool changesSomething = update.defaultAccesses || !update.groupsAccesses.empty() ||
                                !update.usersAccesses.empty() || !update.metadata.empty();
  arguments.require(changesSomething, "the update", "changes nothing");
  arguments.accesses("groupsAccesses", update.groupsAccesses);
  arguments.accesses("usersAccesses", update.usersAccesses);
  arguments.metadata(update.metadata);
}

/// What both kinds of options have, in the vendor's order.
template <class Options>
void addSettings(ObjectText& object, const Options& options) {
  addUnlessEmpty(object, "groupsAccesses", options.groupsAccesses);
  addUnlessEmpty(object, "usersAccesses", options.usersAccesses);
  addUnlessEmpty(object, "metadata", options.metadata);
}

void add(ObjectText& object, const CreateRoomOptions& options) {
  object.add("defaultAccesses", jsonList(options.defaultAccesses));
  addSettings(object, options);
  if (options.organizationId) object.add("organizationId", Json(*options.organizationId).text());
}

std::string textOf(const UpdateRoomOptions& update) {
  ObjectText object;
  if (update.defaultAccesses) object.add("defaultAccesses", jsonList(*update.defaultAccesses));
  addSettings(object, update);
  return object.text();
}

}  // namespace

Result<std::string> createRoomBody(std::string_view roomId, const CreateRoomOptions& options) {
  RoomCheck arguments;
  arguments.newRoomId("the room id", roomId);
  check(arguments, options);
  if (arguments.error()) return *arguments.error();
  ObjectText body;
  body.add("id", Json(roomId).text());
  add(body, options);
  return body.text();
}

Result<std::string> updateRoomBody(const UpdateRoomOptions& update) {
  RoomCheck arguments;
  check(arguments, update);
  if (arguments.error()) return *arguments.error();
  return textOf(update);
}

Result<std::string> upsertRoomBody(std::string_view roomId, const UpdateRoomOptions& update,
                                   const std::optional<CreateRoomOptions>& create) {
  RoomCheck arguments;
  arguments.newRoomId("the room id", roomId);
  check(arguments, update);
  if (create) check(arguments, *create);
  if (arguments.error()) return *arguments.error();
  ObjectText body;
  body.add("update", textOf(update));
  // A new room that says nothing of everybody is private, whatever Liveblocks would make of it.
  if (create || !update.defaultAccesses) {
    ObjectText options;
    add(options, create.value_or(CreateRoomOptions()));
    body.add("create", options.text());
  }
  return body.text();
}

Result<std::string> updateRoomIdBody(std::string_view newRoomId) {
  RoomCheck arguments;
  arguments.newRoomId("the new room id", newRoomId);
  if (arguments.error()) return *arguments.error();
  return Json::object({{"newRoomId", newRoomId}}).text();
}

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
