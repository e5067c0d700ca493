/// @file
/// The permission scopes of Liveblocks access tokens.
/// https://liveblocks.io/docs/api-reference/authentication/permissions
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// One of the 20 scopes of Liveblocks. An unknown name throws `std::invalid_argument`, and does not compile in a
/// constant expression.
class Permission {
 public:
  /// How many scopes there are.
  static constexpr std::size_t count = 20;

  /// @{
  /// The scope with that name, such as `comments:read`.
  constexpr Permission(const char* name) : Permission(std::string_view(name != nullptr ? name : "")) {}
  Permission(const std::string& name) : Permission(std::string_view(name)) {}
  constexpr Permission(std::string_view name) : index_(indexOf(name)) {
    if (index_ == count) throwUnknown(name);
  }
  /// @}

  /// The scope with that name; nullopt for an unknown one.
  static constexpr std::optional<Permission> find(std::string_view name) noexcept {
    const std::uint8_t index = indexOf(name);
    if (index == count) return std::nullopt;
    return Permission(index);
  }

  /// The name in tokens.
  constexpr std::string_view name() const noexcept { return names[index_]; }

 private:
  friend class Permissions;
  constexpr explicit Permission(std::uint8_t index) noexcept : index_(index) {}
  static constexpr std::uint8_t indexOf(std::string_view name) noexcept {
    std::uint8_t index = 0;
    while (index < count && names[index] != name) ++index;
    return index;
  }
  [[noreturn]] LIVEBLOCKS_EXPORT static void throwUnknown(std::string_view name);

  static constexpr std::array<std::string_view, count> names = {
      "*:read",
      "*:write",
      "room:read",
      "room:write",
      "storage:read",
      "storage:write",
      "storage:none",
      "comments:read",
      "comments:write",
      "comments:none",
      "comments:public:read",
      "comments:public:write",
      "comments:public:none",
      "comments:private:read",
      "comments:private:write",
      "comments:private:none",
      "feeds:read",
      "feeds:write",
      "feeds:none",
      "room:presence:write",
  };

  std::uint8_t index_ = 0;
};

/// A set of scopes, which iterates over their names in the order they were added. A literal type that owns everything
/// it holds.
///
///     for (std::string_view scope : room.defaultAccesses) log(scope);
class Permissions {
 public:
  /// An input iterator over the names. It must not outlive its set.
  class const_iterator {
   public:
    /// @{
    /// What the standard library expects of an iterator.
    using iterator_category = std::input_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::string_view*;
    using reference = std::string_view;
    /// @}

    /// Belongs to no set.
    constexpr const_iterator() noexcept = default;

    /// The scope's name.
    constexpr reference operator*() const noexcept { return (*set_)[position_].name(); }

    /// @{
    /// Advances to the next scope.
    constexpr const_iterator& operator++() noexcept {
      ++position_;
      return *this;
    }
    // NOLINTNEXTLINE(cert-dcl21-cpp): a constant could not be moved from.
    constexpr const_iterator operator++(int) noexcept {
      const const_iterator before = *this;
      ++position_;
      return before;
    }
    /// @}

    /// @{
    /// Compares positions in the same set.
    friend constexpr bool operator==(const_iterator left, const_iterator right) noexcept {
      return left.position_ == right.position_;
    }
    friend constexpr bool operator!=(const_iterator left, const_iterator right) noexcept { return !(left == right); }
    /// @}

   private:
    friend class Permissions;
    constexpr const_iterator(const Permissions& set, std::size_t position) noexcept : set_(&set), position_(position) {}

    const Permissions* set_ = nullptr;
    std::size_t position_ = 0;
  };
  /// The scopes cannot be changed through an iterator.
  using iterator = const_iterator;
  /// What the iterators yield.
  using value_type = std::string_view;

  constexpr Permissions() noexcept = default;
  /// The scopes in that order.
  constexpr Permissions(std::initializer_list<Permission> permissions) {
    for (Permission permission : permissions) add(permission);
  }
  /// Throws `std::invalid_argument` for an unknown scope.
  Permissions(const std::vector<std::string>& names) {
    for (const std::string& name : names) add(Permission(name));
  }

  /// Adds a scope at the end; a scope that is already in the set keeps its place.
  constexpr void add(Permission permission) noexcept {
    if (!contains(permission)) indices_[size_++] = permission.index_;
  }
  /// Adds all scopes of another set.
  constexpr void add(const Permissions& permissions) noexcept {
    for (std::size_t i = 0; i < permissions.size_; ++i) add(Permission(permissions.indices_[i]));
  }

  /// Whether the set has this scope; wider scopes that include it do not count.
  constexpr bool contains(Permission permission) const noexcept {
    for (std::size_t i = 0; i < size_; ++i) {
      if (indices_[i] == permission.index_) return true;
    }
    return false;
  }
  /// Whether the set has no scopes.
  constexpr bool empty() const noexcept { return size_ == 0; }
  /// The number of scopes.
  constexpr std::size_t size() const noexcept { return size_; }
  /// The scope at a position, in the order they were added, from 0 to `size() - 1`.
  constexpr Permission operator[](std::size_t position) const noexcept { return Permission(indices_[position]); }

  /// @{
  /// The names of the scopes, in the order they were added.
  constexpr const_iterator begin() const noexcept { return {*this, 0}; }
  constexpr const_iterator end() const noexcept { return {*this, size_}; }
  /// @}

  /// @{
  /// Equal when both hold the same scopes, in whatever order.
  friend constexpr bool operator==(const Permissions& left, const Permissions& right) noexcept {
    return left.size_ == right.size_ && left.containsAll(right);
  }
  friend constexpr bool operator!=(const Permissions& left, const Permissions& right) noexcept {
    return !(left == right);
  }
  /// @}

 private:
  constexpr bool containsAll(const Permissions& permissions) const noexcept {
    for (std::size_t i = 0; i < permissions.size_; ++i) {
      if (!contains(Permission(permissions.indices_[i]))) return false;
    }
    return true;
  }

  std::array<std::uint8_t, Permission::count> indices_ = {};
  std::uint8_t size_ = 0;
};

/// Read and write everything in the room. Browser clients up to 3.19 know this scope only as `room:write`; grant
/// `permissions::roomWrite` where such clients are still in use.
inline constexpr Permissions FULL_ACCESS{"*:write"};

/// Read everything in the room and be seen in it. Clients up to 3.19: `permissions::roomRead`.
inline constexpr Permissions READ_ACCESS{"*:read"};

/// Every scope by name.
namespace permissions {
/// @{
/// The scope of that name.
inline constexpr Permission allRead{"*:read"};
inline constexpr Permission allWrite{"*:write"};
inline constexpr Permission roomRead{"room:read"};
inline constexpr Permission roomWrite{"room:write"};
inline constexpr Permission storageRead{"storage:read"};
inline constexpr Permission storageWrite{"storage:write"};
inline constexpr Permission storageNone{"storage:none"};
inline constexpr Permission commentsRead{"comments:read"};
inline constexpr Permission commentsWrite{"comments:write"};
inline constexpr Permission commentsNone{"comments:none"};
inline constexpr Permission commentsPublicRead{"comments:public:read"};
inline constexpr Permission commentsPublicWrite{"comments:public:write"};
inline constexpr Permission commentsPublicNone{"comments:public:none"};
inline constexpr Permission commentsPrivateRead{"comments:private:read"};
inline constexpr Permission commentsPrivateWrite{"comments:private:write"};
inline constexpr Permission commentsPrivateNone{"comments:private:none"};
inline constexpr Permission feedsRead{"feeds:read"};
inline constexpr Permission feedsWrite{"feeds:write"};
inline constexpr Permission feedsNone{"feeds:none"};
inline constexpr Permission roomPresenceWrite{"room:presence:write"};
/// @}
}  // namespace permissions

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
