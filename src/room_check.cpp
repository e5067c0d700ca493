#include "room_check.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/utf8.hpp"

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

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
