/// What permission scopes grant, and how the entries of a token are resolved for one room.
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
namespace detail {

/// What one scope grants.
struct ScopeGrant {
  Resource resource;
  Access access;
};

/// Returns what the scope with that name grants; nullopt for `room:presence:write`, which grants nothing on its own.
std::optional<ScopeGrant> grantOf(std::string_view scope) noexcept;

/// The access that a matrix has for a part of a room.
Access accessTo(const PermissionMatrix& matrix, Resource resource) noexcept;

/// The parts of a room that scopes can name, the room itself first.
inline constexpr std::array<Resource, 6> scopedResources = {
    Resource::room,           Resource::storage,         Resource::comments,
    Resource::commentsPublic, Resource::commentsPrivate, Resource::feeds};

/// The access that scopes grant explicitly, part by part.
class ExplicitAccess {
 public:
  ExplicitAccess() = default;
  /// The strongest scope of each part counts.
  explicit ExplicitAccess(const Permissions& permissions) noexcept;

  /// Returns nullopt for a part without a scope. Threads of either visibility have the access of `comments` unless they
  /// have a scope of their own.
  std::optional<Access> of(Resource resource) const noexcept;

  void replace(Resource resource, Access access) noexcept { at(resource) = access; }
  /// Keeps the stronger access.
  void raise(Resource resource, Access access) noexcept;

  /// @{
  /// Applies each part of `other` that has a scope.
  void replace(const ExplicitAccess& other) noexcept;
  void raise(const ExplicitAccess& other) noexcept;
  /// @}

  /// Adds what the parts inherit from the room. Everything is `none` unless the room itself has a scope.
  PermissionMatrix matrix() const noexcept;

 private:
  std::optional<Access>& at(Resource resource) noexcept { return accesses_[static_cast<std::size_t>(resource)]; }
  const std::optional<Access>& at(Resource resource) const noexcept {
    return accesses_[static_cast<std::size_t>(resource)];
  }

  std::array<std::optional<Access>, scopedResources.size()> accesses_;
};

/// The permissions of a token, by room id or pattern.
using PermissionEntries = std::vector<std::pair<std::string, Permissions>>;

/// Whether `pattern` matches the room id, compared byte by byte as a browser client does: the first `*` in the pattern
/// is removed, and the rest is a prefix.
bool patternMatches(std::string_view pattern, std::string_view roomId) noexcept;

/// The length of `pattern` without its first `*`, in bytes. Patterns that match the same room begin alike, so comparing
/// bytes orders them as comparing UTF-16 code units does, which is what a browser client compares.
std::size_t patternSpecificity(std::string_view pattern) noexcept;

/// Whether `pattern` matches every room that `other` matches.
bool patternIncludes(std::string_view pattern, std::string_view other) noexcept;

/// Combines entries that all match one room. The strongest access to the room itself counts. Any other part has the
/// access of the most specific entry with a scope for it, the strongest where several are equally specific.
PermissionMatrix combinePermissions(const PermissionEntries& entries) noexcept;

/// Combines those of the entries that match the room; nullopt when none does.
std::optional<PermissionMatrix> resolvePermissions(const PermissionEntries& entries, std::string_view roomId) noexcept;

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
