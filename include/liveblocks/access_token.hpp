/// @file
/// Decodes Liveblocks tokens without verifying them.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What a token of Liveblocks says, UNVERIFIED: Liveblocks signs its tokens for itself, and no key to check them with
/// is public. Anybody can write such a token. For logs, tests and support: never let anybody in because of one.
///
/// A plain value. Claims that a token does not have are empty here, and their times the epoch.
struct LIVEBLOCKS_EXPORT AccessToken {
  /// Two kinds of tokens are handed to browsers.
  enum class Kind {
    access,  ///< Carries its permissions. From `Session::authorize()`.
    id,      ///< Names a user; permissions live on the rooms. From `Liveblocks::identifyUser()`.
  };

  /// @{
  /// Tokens, and bodies, of more bytes are not looked into.
  static constexpr std::size_t maxSize = std::size_t{64} << 10;
  static constexpr std::size_t maxBodySize = 2 * maxSize;
  /// @}

  /// `k`
  Kind kind = Kind::access;
  /// `pid`: the project at Liveblocks.
  std::string projectId;
  /// `uid`
  std::string userId;
  /// `gids`, of an ID token.
  std::vector<std::string> groupIds;
  /// `ui`: what others in a room see of the user; null when the token has none.
  Json userInfo;
  /// `perms`, of an access token: by room id or pattern, in the token's order.
  std::vector<std::pair<std::string, Permissions>> permissions;
  /// `iat`: when it was issued.
  std::chrono::system_clock::time_point issuedAt;
  /// `exp`: when it expires.
  std::chrono::system_clock::time_point expiresAt;
  /// `jti`: names the token in logs without giving it away.
  std::string id;

  /// Reads a token WITHOUT CHECKING ITS SIGNATURE, also one that has none, as those of the dev server. Like a browser
  /// client it looks at the payload alone. `Errc::tokenTooLarge`, `malformed`, `badEncoding`, `badJson` or `badClaim`
  /// when it is no token of Liveblocks; a scope that the library does not know is `badClaim`, since a browser client
  /// does not take such a token either. The token does not get into the message, a scope that is not known does.
  static Result<AccessToken> decodeUnverified(std::string_view token);

  /// The same for the body of an answer, `{"token":"..."}`, as `AuthResponse::body` has it.
  static Result<AccessToken> decodeUnverifiedBody(std::string_view body);

  /// What an access token grants in a room, resolved as a browser client does: the strongest base scope of all entries
  /// that match, and for each part of the room the scope of the longest entry that has one. nullopt when no entry
  /// matches; always for an ID token: ask `PermissionMatrix::of(room, userId, groupIds)`.
  std::optional<PermissionMatrix> permissionsFor(std::string_view roomId) const;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
