#include <string>
#include <string_view>

#include "fuzz_target.hpp"
#include "rooms_json.hpp"

namespace lb = liveblocks;

namespace {

/// Returns whether there is a value. Any error must be `Errc::upstream`.
template <class Value>
bool isRead(const lb::Result<Value>& result) {
  fuzzing::require(result || result.error().code == lb::Errc::upstream);
  return static_cast<bool>(result);
}

/// A room that was read is read from its own JSON, too, as the same room.
void checkRoom(const lb::Room& room) {
  const auto again = lb::detail::readRoom(room.json.text());
  fuzzing::require(again && again->id == room.id && again->createdAt == room.createdAt);
  fuzzing::require(again->lastConnectionAt == room.lastConnectionAt && again->organizationId == room.organizationId);
  fuzzing::require(again->defaultAccesses.size() == room.defaultAccesses.size());
  fuzzing::require(again->groupsAccesses.size() == room.groupsAccesses.size());
  fuzzing::require(again->usersAccesses.size() == room.usersAccesses.size());
  fuzzing::require(again->metadata == room.metadata && again->json.text() == room.json.text());
  fuzzing::require(!room.id.empty());
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string room =
      R"({"type":"room","id":"a b/c?d#é%","organizationId":"default","createdAt":"2025-01-31T12:30:00.073Z",)"
      R"("lastConnectionAt":"2025-02-01T00:00:00+01:00","metadata":{"color":"blue","tags":["a","\u00e9"]},)"
      R"("defaultAccesses":["*:read","x"],"groupsAccesses":{"g":["*:write"]},"usersAccesses":{"u":[]}})";
  const std::string least = R"({"id":"r","createdAt":"1970-01-01T00:00:00Z","defaultAccesses":[]})";
  return {room, least, R"({"data":[)" + room + "," + least + R"(],"nextPage":null,"nextCursor":"abc"})",
          R"({"data":[{"type":"user","id":"u","connectionId":3,"info":{"name":"Ada"}},{"id":null,"connectionId":0}]})"};
}

/// Parses any text as a response about rooms: it is read, or an error of the server.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto room = lb::detail::readRoom(text);
  if (isRead(room)) checkRoom(*room);
  const auto page = lb::detail::readRoomPage(text);
  if (isRead(page)) {
    fuzzing::require(!page->nextCursor || !page->nextCursor->empty());
    for (const lb::Room& one : page->data) checkRoom(one);
  }
  isRead(lb::detail::readActiveUsers(text));
  return 0;
}
