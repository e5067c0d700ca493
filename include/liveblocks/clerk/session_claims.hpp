/// @file
/// The claims of a verified session token of Clerk.
/// https://clerk.com/docs/backend-requests/resources/session-tokens
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The organization that is active in the session.
struct Organization {
  /// `org_...`; never empty.
  std::string id;
  /// The role of the user, such as `org:admin`; empty if the token names none.
  std::string role;
  /// The name in URLs; empty if the token names none.
  std::string slug;
  /// `org:<feature>:<permission>`. System permissions (`org:sys_...`) are never in a token.
  std::vector<std::string> permissions;
};

/// The user who impersonates another user.
struct Actor {
  /// The id of the impersonating user.
  std::string userId;
  /// The id of that user's session; empty if the token names none.
  std::string sessionId;
  /// The type of the actor, such as `agent`; may be empty.
  std::string type;
};

/// The status of a session (`sts`).
enum class SessionStatus {
  active,
  pending,  ///< Signed in, but tasks such as choosing an organization remain.
};

/// Created by a verifier only. Cheap to copy, immutable, thread-safe.
class LIVEBLOCKS_EXPORT SessionClaims {
 public:
  /// `sub`; never empty.
  const std::string& userId() const noexcept;
  /// `sid`; never empty.
  const std::string& sessionId() const noexcept;
  /// `iss`; empty if the token has none.
  const std::string& issuer() const noexcept;
  /// `azp`, the origin that the session belongs to; empty if the token has none.
  const std::string& authorizedParty() const noexcept;
  /// `sts`; active if the token has none.
  SessionStatus status() const noexcept;
  /// The active organization (`o`, or `org_id` and so on); nullopt if there is none.
  const std::optional<Organization>& organization() const noexcept;
  /// The user who impersonates this user, if any (`act`).
  const std::optional<Actor>& actor() const noexcept;
  /// Minutes since the first and the second factor were verified; -1 for a missing factor (`fva`).
  const std::optional<std::pair<std::int64_t, std::int64_t>>& factorVerificationAge() const noexcept;
  /// @{
  /// The billing claims, unparsed: `pla`, `fea`; empty if the token has none.
  const std::string& plans() const noexcept;
  const std::string& features() const noexcept;
  /// @}
  /// `exp`.
  std::chrono::system_clock::time_point expiresAt() const noexcept;
  /// `iat`; nullopt if the token has none.
  std::optional<std::chrono::system_clock::time_point> issuedAt() const noexcept;

  /// @{
  /// A top-level claim by name; nullopt if it is absent or has another type.
  std::optional<std::string> stringClaim(std::string_view name) const;
  std::optional<std::int64_t> integerClaim(std::string_view name) const;
  std::optional<bool> boolClaim(std::string_view name) const;
  /// @}
  /// A top-level claim of any type; nullopt if it is absent.
  std::optional<Json> jsonClaim(std::string_view name) const;

  /// The JSON text of all claims, exactly as it was signed.
  const std::string& payload() const noexcept;

  /// @cond
  struct State;
  explicit SessionClaims(std::shared_ptr<const State> state) noexcept;
  /// @endcond

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
