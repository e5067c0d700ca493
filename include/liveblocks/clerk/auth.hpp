/// @file
/// The signed-in user, and the requirements that the user must meet to get access, as in `auth.has({...})`.
/// https://clerk.com/docs/reference/backend/types/auth-object,
/// https://clerk.com/docs/guides/secure/authorization-checks
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Which factor must have been verified, and how recently.
/// https://clerk.com/docs/guides/secure/reverification
struct LIVEBLOCKS_EXPORT Reverification {
  /// The factor that counts. For users without a second factor the first one counts instead.
  enum class Level { firstFactor, secondFactor, multiFactor };

  /// Both factors in the last 10 minutes.
  static Reverification strictMfa() noexcept;
  /// The second factor in the last 10 minutes.
  static Reverification strict() noexcept;
  /// The second factor in the last hour.
  static Reverification moderate() noexcept;
  /// The second factor in the last day.
  static Reverification lax() noexcept;

  /// The factors that count.
  Level level = Level::secondFactor;
  /// A factor that was verified this many minutes ago, or earlier, does not count. With 0 or less no factor counts.
  std::int64_t afterMinutes = 10;
};

/// All parts must be met. An empty requirement, or one with an empty name, is never met.
///
/// `auth.has(Requirement().role("org:admin").feature("reports"))`
class LIVEBLOCKS_EXPORT Requirement {
 public:
  /// An empty requirement.
  Requirement();

  /// @{
  /// The role, or a permission, in the active organization, with or without the prefix `org:`.
  Requirement& role(std::string value) &;
  Requirement role(std::string value) &&;
  Requirement& permission(std::string value) &;
  Requirement permission(std::string value) &&;
  /// @}
  /// @{
  /// A feature or a plan of the user or of the active organization. The prefix `user:` (`u:`) or `org:` (`o:`,
  /// `organization:`) restricts it to one of them.
  Requirement& feature(std::string value) &;
  Requirement feature(std::string value) &&;
  Requirement& plan(std::string value) &;
  Requirement plan(std::string value) &&;
  /// @}
  /// @{
  /// A recent verification of factors.
  Requirement& reverification(Reverification value) &;
  Requirement reverification(Reverification value) &&;
  /// @}

 private:
  friend class Auth;

  bool isEmpty() const noexcept;

  std::optional<std::string> role_;
  std::optional<std::string> permission_;
  std::optional<std::string> feature_;
  std::optional<std::string> plan_;
  std::optional<Reverification> reverification_;
};

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
