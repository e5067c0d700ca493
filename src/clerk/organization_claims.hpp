/// The organization of a session, in both versions of Clerk's tokens.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>

#include "jwt/claims.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// Iterates over the elements of a comma-separated list, trimmed of the white space of ECMAScript. An empty list has no
/// elements. Borrows the list.
class ListElements {
 public:
  explicit ListElements(std::string_view list) noexcept : rest_(list), isAtEnd_(list.empty()) {}

  std::optional<std::string_view> next() noexcept;

 private:
  std::string_view rest_;
  bool isAtEnd_;
};

/// The name of a feature or of a plan, and who has it. Names with other scopes belong to neither.
struct ScopedName {
  std::string_view name;
  bool ofOrganization;
  bool ofUser;
};

/// nullopt if the element has no scope.
std::optional<ScopedName> readScopedName(std::string_view element) noexcept;

/// The claims of session token version 1, meant by every `v` but the number 2. Claims that are absent or null are
/// empty.
struct OrganizationClaimsV1 {
  std::string id;                        ///< `org_id`
  std::string role;                      ///< `org_role`
  std::string slug;                      ///< `org_slug`
  std::vector<std::string> permissions;  ///< `org_permissions`
  /// One of these claims is neither null nor of its type.
  bool mistyped = false;
};

/// The claims of session token version 2. Claims that are absent or null are empty.
struct OrganizationClaimsV2 {
  /// `o` is present and not null.
  bool present = false;
  std::string id;           ///< `o.id`
  std::string role;         ///< `o.rol`
  std::string slug;         ///< `o.slg`
  std::string permissions;  ///< `o.per`
  std::string masks;        ///< `o.fpm`
  std::string features;     ///< `fea`
  /// `o` is neither null nor an object, or another of these claims neither null nor a string.
  bool mistyped = false;
};

/// The largest total size of an organization's permissions, in bytes.
constexpr std::size_t maxPermissionText = std::size_t{64} << 10;

/// nullopt if no organization is active, or if it has no id. `Errc::badClaim` if the claims violate their format.
Result<std::optional<Organization>> decodeOrganization(const OrganizationClaimsV1& claims);

/// As above. `fea` lists features as `<scope>:<name>`; those with a scope of `o`, `uo` or `ou` belong to the
/// organization, and the nth of them has the permissions of `per` whose bits are set in the nth number of `fpm`,
/// decimal and of any length. The time is proportional to the product of the lengths of `per` and `fpm`, which the size
/// of a token bounds. More than `maxPermissionText` is `Errc::badClaim`.
Result<std::optional<Organization>> decodeOrganization(const OrganizationClaimsV2& claims);

/// Reads `o` if `v` is the number 2, else `org_id` and the other claims of version 1. `Errc::badClaim` if they violate
/// their format.
Result<std::optional<Organization>> readOrganization(const jwt::Claims& claims);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
