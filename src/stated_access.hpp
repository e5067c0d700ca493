/// What scopes say before anything is inherited.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

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

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
