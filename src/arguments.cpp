#include "arguments.hpp"

#include <algorithm>
#include <stdexcept>
#include <variant>
#include <vector>

#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "http/dot_segments.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

/// Appends to the vendor's message what the text is instead.
[[noreturn]] void refuseKey(std::string message, std::string_view text) {
  const auto problem = pasted::problemOf(text);
  const char* const kind = pasted::kindOf(text);
  if (problem) {
    message += " This one " + *problem + '.';
  } else if (kind != nullptr && !ascii::startsWith(text, "sk_")) {
    message.append(" This is ").append(kind).append(".");
  }
  throw std::invalid_argument(message);
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

Secret checkedSecretKey(const Secret& key) {
  const std::string_view text = pasted::clean(key.reveal());
  if (!ascii::startsWith(text, "sk_")) {
    refuseKey(
        "Invalid value for field 'secret'. Secret keys must start with 'sk_'. Please provide the secret key from your "
        "Liveblocks dashboard at https://liveblocks.io/dashboard/apikeys.",
        text);
  }
  if (!std::all_of(text.begin(), text.end(), ascii::isKeyCharacter)) {
    refuseKey(
        "Invalid chars found in field 'secret'. Please check that you correctly copied the secret key from your "
        "Liveblocks dashboard at https://liveblocks.io/dashboard/apikeys.",
        text);
  }
  if (pasted::problemOf(text)) {
    refuseKey(
        "Invalid value for field 'secret'. Please provide the secret key from your Liveblocks dashboard at "
        "https://liveblocks.io/dashboard/apikeys.",
        text);
  }
  return text.size() == key.reveal().size() ? key : Secret(text);
}

void requireUserId(std::string_view userId) {
  if (userId.empty()) {
    throw std::invalid_argument(
        "Invalid value for field 'userId'. Please provide a non-empty string. For more information: "
        "https://liveblocks.io/docs/api-reference/liveblocks-node#authorize");
  }
  requireUtf8("userId", userId);
}

void requireUtf8(std::string_view field, std::string_view text) {
  if (utf8::isValid(text)) return;
  throw std::invalid_argument("Invalid value for field '" + std::string(field) + "'. Please provide valid UTF-8.");
}

void requireUserInfo(const std::optional<Json>& userInfo) {
  if (!userInfo || userInfo->isObject() || userInfo->isNull()) return;
  throw std::invalid_argument(
      "Invalid value for field 'userInfo'. Please provide a JSON object or null. Did you pass serialized JSON? Use "
      "Json::parse.");
}

void RoomArguments::roomId(std::string_view name, std::string_view id) {
  require(!id.empty(), name, "is empty");
  length(name, id, RoomLimits::idLength);
  require(!http::detail::hasDotSegment(id), name, "is a path segment of dots, or holds one");
}

void RoomArguments::newRoomId(std::string_view name, std::string_view id) {
  roomId(name, id);
  require(id.find('*') == std::string_view::npos, name, "holds a '*', which stands for many rooms in permissions");
}

void RoomArguments::accessId(std::string_view name, std::string_view id) {
  require(!id.empty(), name, "is empty");
  length(name, id, RoomLimits::accessIdLength);
}

void RoomArguments::text(std::string_view name, const std::optional<std::string>& value) {
  if (!value) return;
  require(!value->empty(), name, "is empty");
  require(utf8::isValid(*value), name, "is not valid UTF-8");
}

void RoomArguments::require(bool holds, std::string_view name, std::string_view problem) {
  if (holds || error_) return;
  error_ = Error{Errc::invalidRequest, std::string(name).append(" ").append(problem)};
}

template <class Map>
void RoomArguments::allAccesses(std::string_view name, const Map& accesses) {
  count(name, countKept(accesses), RoomLimits::accesses);
  const std::string idName = "an id in " + std::string(name);
  for (const auto& entry : accesses) accessId(idName, entry.first);
}

template <class Map>
void RoomArguments::allMetadata(const Map& metadata) {
  count("metadata", countKept(metadata), RoomLimits::metadataEntries);
  for (const auto& entry : metadata) {
    require(!entry.first.empty(), "a key of metadata", "is empty");
    length("a key of metadata", entry.first, RoomLimits::metadataKeyLength);
    value(entry.second);
  }
}

template void RoomArguments::allAccesses(std::string_view name, const RoomAccesses& accesses);
template void RoomArguments::allAccesses(std::string_view name, const RoomAccessesUpdate& accesses);
template void RoomArguments::allMetadata(const RoomMetadata& metadata);
template void RoomArguments::allMetadata(const RoomMetadataUpdate& metadata);

void RoomArguments::value(const RoomMetadataValue& value) {
  constexpr std::string_view name = "a value of metadata";
  if (const auto* text = std::get_if<std::string>(&value)) return length(name, *text, RoomLimits::metadataValueLength);
  for (const std::string& text : std::get<std::vector<std::string>>(value)) {
    length(name, text, RoomLimits::metadataValueLength);
  }
}

void RoomArguments::value(const std::optional<RoomMetadataValue>& value) {
  if (value) this->value(*value);
}

void RoomArguments::length(std::string_view name, std::string_view text, std::size_t max) {
  const std::optional<std::size_t> units = utf8::utf16Length(text);
  require(units.has_value(), name, "is not valid UTF-8");
  if (units.value_or(0) > max) require(false, name, "is longer than " + std::to_string(max) + " UTF-16 code units");
}

void RoomArguments::count(std::string_view name, std::size_t entries, std::size_t max) {
  if (entries > max) require(false, name, "has more than " + std::to_string(max) + " entries");
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
