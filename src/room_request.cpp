#include "room_request.hpp"

#include <string>
#include <variant>
#include <vector>

#include <liveblocks/core/json.hpp>

#include "api_exchange.hpp"
#include "arguments.hpp"
#include "core/json_writer.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

using json::ObjectWriter;

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
void addUnlessEmpty(ObjectWriter& object, std::string_view name, const Map& map) {
  if (map.empty()) return;
  ObjectWriter members;
  for (const auto& [key, value] : map) members.addJson(key, jsonOf(value));
  object.addJson(name, members.finish());
}

void check(RoomArguments& arguments, const CreateRoomOptions& options) {
  arguments.accesses("groupsAccesses", options.groupsAccesses);
  arguments.accesses("usersAccesses", options.usersAccesses);
  arguments.metadata(options.metadata);
  arguments.text("organizationId", options.organizationId);
}

void check(RoomArguments& arguments, const UpdateRoomOptions& update) {
  const bool changesSomething = update.defaultAccesses || !update.groupsAccesses.empty() ||
                                !update.usersAccesses.empty() || !update.metadata.empty();
  arguments.require(changesSomething, "the update", "changes nothing");
  arguments.accesses("groupsAccesses", update.groupsAccesses);
  arguments.accesses("usersAccesses", update.usersAccesses);
  arguments.metadata(update.metadata);
}

/// Adds what both kinds of options have, in the order of the vendor's SDK.
template <class Options>
void addSettings(ObjectWriter& object, const Options& options) {
  addUnlessEmpty(object, "groupsAccesses", options.groupsAccesses);
  addUnlessEmpty(object, "usersAccesses", options.usersAccesses);
  addUnlessEmpty(object, "metadata", options.metadata);
}

void add(ObjectWriter& object, const CreateRoomOptions& options) {
  object.addJson("defaultAccesses", jsonList(options.defaultAccesses));
  addSettings(object, options);
  if (options.organizationId) object.addString("organizationId", *options.organizationId);
}

std::string textOf(const UpdateRoomOptions& update) {
  ObjectWriter object;
  if (update.defaultAccesses) object.addJson("defaultAccesses", jsonList(*update.defaultAccesses));
  addSettings(object, update);
  return object.finish();
}

}  // namespace

Result<std::string> createRoomBody(std::string_view roomId, const CreateRoomOptions& options) {
  RoomArguments arguments;
  arguments.newRoomId("the room id", roomId);
  check(arguments, options);
  if (arguments.error()) return *arguments.error();
  ObjectWriter body;
  body.addString("id", roomId);
  add(body, options);
  return body.finish();
}

Result<std::string> updateRoomBody(const UpdateRoomOptions& update) {
  RoomArguments arguments;
  check(arguments, update);
  if (arguments.error()) return *arguments.error();
  return textOf(update);
}

Result<std::string> upsertRoomBody(std::string_view roomId, const UpdateRoomOptions& update,
                                   const std::optional<CreateRoomOptions>& create) {
  RoomArguments arguments;
  arguments.newRoomId("the room id", roomId);
  check(arguments, update);
  if (create) check(arguments, *create);
  if (arguments.error()) return *arguments.error();
  ObjectWriter body;
  body.addJson("update", textOf(update));
  // A new room is private unless the application says otherwise, whatever the default of Liveblocks is.
  if (create || !update.defaultAccesses) {
    ObjectWriter options;
    add(options, create.value_or(CreateRoomOptions()));
    body.addJson("create", options.finish());
  }
  return body.finish();
}

Result<std::string> updateRoomIdBody(std::string_view newRoomId) {
  RoomArguments arguments;
  arguments.newRoomId("the new room id", newRoomId);
  if (arguments.error()) return *arguments.error();
  ObjectWriter body;
  body.addString("newRoomId", newRoomId);
  return body.finish();
}

namespace {

std::optional<Error> findProblem(const RoomFilter& filter, const RoomPageOptions& page) {
  RoomArguments arguments;
  constexpr std::size_t most = RoomPageOptions::maxLimit;
  arguments.require(page.limit >= 1 && page.limit <= most, "limit", "is not between 1 and " + std::to_string(most));
  arguments.text("startingAfter", page.startingAfter);
  if (filter.userId) arguments.accessId("userId", *filter.userId);
  if (filter.groupIds) {
    arguments.require(filter.userId || !filter.groupIds->empty(), "groupIds", "is empty, and there is no userId");
    for (const std::string& id : *filter.groupIds) {
      arguments.accessId("an id in groupIds", id);
      arguments.require(id.find(',') == std::string::npos, "an id in groupIds", "holds a comma");
    }
  }
  arguments.text("organizationId", filter.organizationId);
  return arguments.error();
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text.append(text.empty() ? "" : ",").append(id);
  return text;
}

/// In the order of the vendor's SDK.
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
  RoomArguments arguments;
  arguments.roomId("the room id", roomId);
  if (arguments.error()) return *arguments.error();
  return "/v2/rooms/" + http::percentEncode(roomId, http::componentEscapes);
}

Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page) {
  if (const auto error = findProblem(filter, page)) return *error;
  const std::string query = http::writeForm(parametersOf(filter, page));
  return query.empty() ? "/v2/rooms" : "/v2/rooms?" + query;
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
