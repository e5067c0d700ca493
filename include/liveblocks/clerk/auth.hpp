/// @file
/// The signed-in user, and the checks of what the user may do.
/// https://clerk.com/docs/reference/backend/types/auth-object
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/requirement.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The session of a user, or the state of being signed out. Cheap to copy, immutable, thread-safe.
class LIVEBLOCKS_EXPORT Auth {
 public:
  /// Signed out: everything is empty, and `has()` is false.
  Auth();
  /// The session of a verified token. A pending session counts as signed out (only `sessionStatus()` is set) unless the
  /// flag is false.
  explicit Auth(SessionClaims claims, bool treatPendingAsSignedOut = true);

  /// Whether a user is signed in.
  bool isAuthenticated() const noexcept;
  /// @{
  /// `sub` and `sid`; empty if signed out.
  const std::string& userId() const noexcept;
  const std::string& sessionId() const noexcept;
  /// @}
  /// `sts`; nullopt if signed out or if the token has no such claim. A pending session that counts as signed out still
  /// has its status.
  std::optional<SessionStatus> sessionStatus() const noexcept;
  /// @{
  /// The active organization; empty if there is none.
  const std::string& orgId() const noexcept;
  const std::string& orgRole() const noexcept;
  const std::string& orgSlug() const noexcept;
  const std::vector<std::string>& orgPermissions() const noexcept;
  /// @}
  /// The user who impersonates this user, if any.
  const std::optional<Actor>& actor() const noexcept;
  /// Minutes since the first and the second factor were verified; -1 for a missing factor.
  const std::optional<std::pair<std::int64_t, std::int64_t>>& factorVerificationAge() const noexcept;
  /// All claims; nullopt if signed out.
  const std::optional<SessionClaims>& sessionClaims() const noexcept;

  /// Whether the user meets the requirement. False if signed out, and if the claims are malformed.
  bool has(const Requirement& requirement) const noexcept;

 private:
  const Organization& organization() const noexcept;

  std::optional<SessionClaims> claims_;
  std::optional<SessionStatus> status_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
