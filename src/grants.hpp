/// What a session grants.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// @{
/// An array of strings. Texts must be UTF-8.
std::string jsonList(const std::vector<std::string>& texts);
std::string jsonList(const Permissions& permissions);
/// @}

/// What is wrong with a room id or pattern; null when it is `*`, or 1 to `Session::maxRoomIdLength` UTF-16 code units
/// without `*`, then at most one `*`.
const char* problemOfRoomPattern(std::string_view text) noexcept;

/// Likewise for the id of one room: no `*` anywhere.
const char* problemOfRoomId(std::string_view text) noexcept;

/// True when `pattern` names the room, compared byte by byte, as a browser client sees it: with a `*` anywhere in it,
/// the first of them does not count and what is left is a prefix.
bool patternMatches(std::string_view pattern, std::string_view roomId) noexcept;

/// How long `pattern` is without its first `*`, in bytes: what matches the same room begins alike, so these are as good
/// as the UTF-16 code units that a browser client compares.
std::size_t patternSpecificity(std::string_view pattern) noexcept;

/// True when `pattern` names every room that `other` names.
bool patternIncludes(std::string_view pattern, std::string_view other) noexcept;

/// What one scope says.
struct Statement {
  Resource resource;
  Access access;
};

/// nullopt for `room:presence:write`, which says nothing.
std::optional<Statement> statementOf(Permission scope) noexcept;

/// The part of a matrix.
Access accessTo(const PermissionMatrix& matrix, Resource resource) noexcept;

/// Parts of a room that scopes can name, the room first.
inline constexpr std::array<Resource, 6> statedResources = {
    Resource::room,           Resource::storage,         Resource::comments,
    Resource::commentsPublic, Resource::commentsPrivate, Resource::feeds};

/// Access part by part, as far as it was stated.
class StatedAccess {
 public:
  StatedAccess() = default;
  /// The strongest scope of each part.
  explicit StatedAccess(const Permissions& permissions) noexcept;

  /// Nullopt for nothing. Threads of either visibility have what was stated for `comments` unless they have their own.
  std::optional<Access> of(Resource resource) const noexcept;

  void replace(Resource resource, Access access) noexcept { at(resource) = access; }
  /// Keeps the stronger.
  void raise(Resource resource, Access access) noexcept;

  /// The same for all that `other` states.
  void replace(const StatedAccess& other) noexcept;
  void raise(const StatedAccess& other) noexcept;

  /// With what is inherited. All `none` unless something was stated for the room.
  PermissionMatrix matrix() const noexcept;

 private:
  std::optional<Access>& at(Resource resource) noexcept { return accesses_[static_cast<std::size_t>(resource)]; }
  const std::optional<Access>& at(Resource resource) const noexcept {
    return accesses_[static_cast<std::size_t>(resource)];
  }

  std::array<std::optional<Access>, statedResources.size()> accesses_;
};

/// By room id or pattern.
using PermissionEntries = std::vector<std::pair<std::string, Permissions>>;

/// What entries grant in a room that all of them match. The strongest base access of all counts; any other part has the
/// access that the most specific entry states, the strongest where several are equally specific.
PermissionMatrix combinePermissions(const PermissionEntries& entries) noexcept;

/// The same for those of the entries that match the room; nullopt when none does.
std::optional<PermissionMatrix> resolvePermissions(const PermissionEntries& entries, std::string_view roomId) noexcept;

/// @{
/// The two halves of `Session::allow()`, which throw as it does: the first looks at the arguments alone, the second
/// adds an entry, or permissions to the one that is there, and changes nothing when it throws.
void checkGrant(std::string_view roomOrPattern, const Permissions& permissions);
void addGrant(PermissionEntries& entries, std::string_view roomOrPattern, const Permissions& permissions);
/// @}

/// Whether an entry matches the room.
bool coversRoom(const PermissionEntries& entries, std::string_view roomId) noexcept;

/// The JSON object Liveblocks takes: `{"<room or pattern>":["<scope>",…],…}`.
std::string grantsJson(const PermissionEntries& entries);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
