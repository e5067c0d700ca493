#include "grants.hpp"

#include <algorithm>
#include <stdexcept>

#include <liveblocks/core/json.hpp>
#include <liveblocks/session.hpp>

#include "json_list.hpp"
#include "room_pattern.hpp"
#include "stated_access.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// Without one Liveblocks resolves every other scope to nothing.
bool hasBaseScope(const Permissions& set) noexcept { return StatedAccess(set).of(Resource::room).has_value(); }

}  // namespace

void checkGrant(std::string_view roomOrPattern, const Permissions& permissions) {
  if (const char* problem = problemOfRoomPattern(roomOrPattern)) {
    throw std::invalid_argument(std::string("Invalid room name or pattern: ") + problem);
  }
  if (permissions.empty()) throw std::invalid_argument("Permission list cannot be empty");
}

void Grants::add(std::string_view roomOrPattern, const Permissions& permissions) {
  if (!hasBaseScope(permissions) && !hasBaseFor(roomOrPattern)) {
    throw std::invalid_argument(
        "Permissions must include one of *:read, *:write (or the legacy aliases room:read, room:write), or they grant "
        "nothing. To narrow a wider pattern, allow that pattern first");
  }
  if (Entry* entry = find(roomOrPattern)) {
    entry->second.add(permissions);
    return;
  }
  if (entries_.size() == Session::maxEntries) {
    throw std::length_error("You cannot add permissions for more than 10 rooms in a single token");
  }
  entries_.emplace_back(roomOrPattern, permissions);
}

bool Grants::covers(std::string_view roomId) const noexcept {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return patternMatches(entry.first, roomId); });
}

std::string Grants::json() const {
  std::string text = "{";
  for (const auto& [key, permissions] : entries_) {
    if (text.size() > 1) text += ',';
    text += Json(key).text() + ":" + jsonList(permissions);
  }
  return text += '}';
}

Grants::Entry* Grants::find(std::string_view key) noexcept {
  const auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.first == key; });
  return entry == entries_.end() ? nullptr : &*entry;
}

bool Grants::hasBaseFor(std::string_view key) const noexcept {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return patternIncludes(entry.first, key) && hasBaseScope(entry.second);
  });
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
