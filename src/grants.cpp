#include "grants.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include <liveblocks/core/json.hpp>
#include <liveblocks/session.hpp>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::string jsonList(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) {
    if (list.size() > 1) list += ',';
    list += Json(text).text();
  }
  return list += ']';
}

std::string jsonList(const Permissions& permissions) {
  return jsonList(std::vector<std::string>(permissions.begin(), permissions.end()));
}

namespace {

bool isPattern(std::string_view text) noexcept { return !text.empty() && text.back() == '*'; }

std::string_view withoutStar(std::string_view text) noexcept {
  if (isPattern(text)) text.remove_suffix(1);
  return text;
}

}  // namespace

const char* problemOfRoomId(std::string_view text) noexcept {
  if (text.empty()) return "it is empty";
  if (text.find('*') != std::string_view::npos) return "a '*' may stand only at the end of a pattern";
  const auto length = utf8::utf16Length(text);
  if (!length) return "it is not valid UTF-8";
  if (*length > Session::maxRoomIdLength) return "it is longer than 128 UTF-16 code units";
  return nullptr;
}

const char* problemOfRoomPattern(std::string_view text) noexcept {
  return text == "*" ? nullptr : problemOfRoomId(withoutStar(text));
}

bool patternMatches(std::string_view pattern, std::string_view roomId) noexcept {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == roomId;
  return ascii::startsWith(roomId, pattern.substr(0, star)) &&
         ascii::startsWith(roomId.substr(star), pattern.substr(star + 1));
}

std::size_t patternSpecificity(std::string_view pattern) noexcept {
  return pattern.find('*') == std::string_view::npos ? pattern.size() : pattern.size() - 1;
}

bool patternIncludes(std::string_view pattern, std::string_view other) noexcept {
  return pattern == other || (isPattern(pattern) && ascii::startsWith(withoutStar(other), withoutStar(pattern)));
}

namespace {

std::optional<Resource> resourceOf(std::string_view feature) noexcept {
  if (feature == "*" || feature == "room") return Resource::room;
  if (feature == "storage") return Resource::storage;
  if (feature == "comments") return Resource::comments;
  if (feature == "comments:public") return Resource::commentsPublic;
  if (feature == "comments:private") return Resource::commentsPrivate;
  if (feature == "feeds") return Resource::feeds;
  return std::nullopt;
}

Access accessOf(std::string_view level) noexcept {
  if (level == "write") return Access::write;
  return level == "read" ? Access::read : Access::none;
}

}  // namespace

std::optional<Statement> statementOf(Permission scope) noexcept {
  const std::string_view name = scope.name();
  const std::size_t colon = name.rfind(':');
  const std::optional<Resource> resource = resourceOf(name.substr(0, colon));
  if (!resource) return std::nullopt;
  return Statement{*resource, accessOf(name.substr(colon + 1))};
}

Access accessTo(const PermissionMatrix& matrix, Resource resource) noexcept {
  switch (resource) {
    case Resource::room:
      return matrix.room;
    case Resource::storage:
      return matrix.storage;
    case Resource::comments:
      return matrix.comments;
    case Resource::commentsPublic:
      return matrix.commentsPublic;
    case Resource::commentsPrivate:
      return matrix.commentsPrivate;
    case Resource::feeds:
      return matrix.feeds;
    case Resource::personal:
      return matrix.personal;
  }
  return Access::none;
}

StatedAccess::StatedAccess(const Permissions& permissions) noexcept {
  for (const std::string_view scope : permissions) {
    if (const auto statement = statementOf(scope)) raise(statement->resource, statement->access);
  }
}

std::optional<Access> StatedAccess::of(Resource resource) const noexcept {
  const bool isVisibility = resource == Resource::commentsPublic || resource == Resource::commentsPrivate;
  return isVisibility && !at(resource) ? at(Resource::comments) : at(resource);
}

void StatedAccess::raise(Resource resource, Access access) noexcept {
  at(resource) = std::max(at(resource).value_or(Access::none), access);
}

void StatedAccess::replace(const StatedAccess& other) noexcept {
  for (const Resource resource : statedResources) {
    if (const auto access = other.of(resource)) replace(resource, *access);
  }
}

void StatedAccess::raise(const StatedAccess& other) noexcept {
  for (const Resource resource : statedResources) {
    if (const auto access = other.of(resource)) raise(resource, *access);
  }
}

PermissionMatrix StatedAccess::matrix() const noexcept {
  PermissionMatrix matrix;
  const std::optional<Access>& base = at(Resource::room);
  if (!base) return matrix;
  matrix.room = *base;
  matrix.storage = at(Resource::storage).value_or(*base);
  matrix.comments = at(Resource::comments).value_or(*base);
  matrix.commentsPublic = at(Resource::commentsPublic).value_or(matrix.comments);
  matrix.commentsPrivate = at(Resource::commentsPrivate).value_or(matrix.comments);
  matrix.feeds = at(Resource::feeds).value_or(*base);
  matrix.personal = Access::write;
  return matrix;
}

namespace {

class Resolution {
 public:
  void add(std::string_view pattern, const StatedAccess& stated) noexcept {
    const std::size_t specificity = patternSpecificity(pattern);
    for (const Resource resource : statedResources) {
      const std::optional<Access> access = stated.of(resource);
      if (!access) continue;
      if (resource == Resource::room) {
        combined_.raise(resource, *access);
      } else {
        addPart(resource, *access, specificity);
      }
    }
  }

  PermissionMatrix matrix() const noexcept { return combined_.matrix(); }

 private:
  void addPart(Resource resource, Access access, std::size_t specificity) noexcept {
    std::optional<std::size_t>& best = specificities_[static_cast<std::size_t>(resource)];
    if (best && specificity < *best) return;
    if (best == specificity) {
      combined_.raise(resource, access);
    } else {
      combined_.replace(resource, access);
      best = specificity;
    }
  }

  StatedAccess combined_;
  std::array<std::optional<std::size_t>, statedResources.size()> specificities_;
};

}  // namespace

PermissionMatrix combinePermissions(const PermissionEntries& entries) noexcept {
  Resolution resolution;
  for (const auto& [pattern, permissions] : entries) resolution.add(pattern, StatedAccess(permissions));
  return resolution.matrix();
}

std::optional<PermissionMatrix> resolvePermissions(const PermissionEntries& entries, std::string_view roomId) noexcept {
  std::optional<Resolution> resolution;
  for (const auto& [pattern, permissions] : entries) {
    if (!patternMatches(pattern, roomId)) continue;
    if (!resolution) resolution.emplace();
    resolution->add(pattern, StatedAccess(permissions));
  }
  if (!resolution) return std::nullopt;
  return resolution->matrix();
}

namespace {

using Entry = PermissionEntries::value_type;

/// Without one Liveblocks resolves every other scope to nothing.
bool hasBaseScope(const Permissions& set) noexcept { return StatedAccess(set).of(Resource::room).has_value(); }

bool hasBaseFor(const PermissionEntries& entries, std::string_view key) noexcept {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    return patternIncludes(entry.first, key) && hasBaseScope(entry.second);
  });
}

}  // namespace

void checkGrant(std::string_view roomOrPattern, const Permissions& permissions) {
  if (const char* problem = problemOfRoomPattern(roomOrPattern)) {
    throw std::invalid_argument(std::string("Invalid room name or pattern: ") + problem);
  }
  if (permissions.empty()) throw std::invalid_argument("Permission list cannot be empty");
}

void addGrant(PermissionEntries& entries, std::string_view roomOrPattern, const Permissions& permissions) {
  if (!hasBaseScope(permissions) && !hasBaseFor(entries, roomOrPattern)) {
    throw std::invalid_argument(
        "Permissions must include one of *:read, *:write (or the legacy aliases room:read, room:write), or they grant "
        "nothing. To narrow a wider pattern, allow that pattern first");
  }
  const auto known =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.first == roomOrPattern; });
  if (known != entries.end()) {
    known->second.add(permissions);
    return;
  }
  if (entries.size() == Session::maxEntries) {
    throw std::length_error("You cannot add permissions for more than 10 rooms in a single token");
  }
  entries.emplace_back(roomOrPattern, permissions);
}

bool coversRoom(const PermissionEntries& entries, std::string_view roomId) noexcept {
  return std::any_of(entries.begin(), entries.end(),
                     [&](const Entry& entry) { return patternMatches(entry.first, roomId); });
}

std::string grantsJson(const PermissionEntries& entries) {
  std::string text = "{";
  for (const auto& [key, permissions] : entries) {
    if (text.size() > 1) text += ',';
    text += Json(key).text() + ":" + jsonList(permissions);
  }
  return text += '}';
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
