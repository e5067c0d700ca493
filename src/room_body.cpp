#include <string>
#include <variant>
#include <vector>

#include <liveblocks/core/json.hpp>

#include "json_list.hpp"
#include "room_check.hpp"
#include "room_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
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

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
