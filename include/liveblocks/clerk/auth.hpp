/// @file
/// Who is signed in, and what they may do.
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

/// A user's session, or nobody. Cheap to copy, immutable, thread-safe.
class LIVEBLOCKS_EXPORT Auth {
 public:
  /// Nobody: everything is empty, and `has()` is false.
  Auth();
  /// The session of a verified token. A pending one is nobody, but for its status, unless the flag is false.
  explicit Auth(SessionClaims claims, bool treatPendingAsSignedOut = true);

  /// Whether somebody is signed in.
  bool isAuthenticated() const noexcept;
  /// @{
  /// `sub` and `sid`; empty for nobody.
  const std::string& userId() const noexcept;
  const std::string& sessionId() const noexcept;
  /// @}
  /// `sts`; nullopt for nobody and for a token without it. A pending session has its status even where it is nobody.
  std::optional<SessionStatus> sessionStatus() const noexcept;
  /// @{
  /// The active organization; empty when there is none.
  const std::string& orgId() const noexcept;
  const std::string& orgRole() const noexcept;
  const std::string& orgSlug() const noexcept;
  const std::vector<std::string>& orgPermissions() const noexcept;
  /// @}
  /// Who acts in the user's name, if somebody does.
  const std::optional<Actor>& actor() const noexcept;
  /// Minutes since the first and the second factor were verified; -1 where there is none.
  const std::optional<std::pair<std::int64_t, std::int64_t>>& factorVerificationAge() const noexcept;
  /// All claims; nullopt for nobody.
  const std::optional<SessionClaims>& sessionClaims() const noexcept;

  /// Whether everything that is required holds. False for nobody, and whenever there is a doubt.
  bool has(const Requirement& requirement) const noexcept;

 private:
  const Organization& organization() const noexcept;

  std::optional<SessionClaims> claims_;
  std::optional<SessionStatus> status_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
