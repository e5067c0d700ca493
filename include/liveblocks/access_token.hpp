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

/// The UNVERIFIED content of a Liveblocks token: only Liveblocks can verify the signatures of its tokens, since it does
/// not publish a key. Anybody can forge such a token. For logs, tests and support: never grant access because of one.
///
/// A plain value. Claims that a token does not have are empty, and their times are the epoch.
struct LIVEBLOCKS_EXPORT AccessToken {
  /// The kinds of tokens that browsers get.
  enum class Kind {
    access,  ///< Contains permissions. From `Session::authorize()`.
    id,      ///< Identifies a user; permissions are kept with the rooms. From `Liveblocks::identifyUser()`.
  };

  /// @{
  /// Larger tokens and bodies, in bytes, are not decoded.
  static constexpr std::size_t maxSize = std::size_t{64} << 10;
  static constexpr std::size_t maxBodySize = 2 * maxSize;
  /// @}

  /// `k`: the kind of the token.
  Kind kind = Kind::access;
  /// `pid`: the project at Liveblocks.
  std::string projectId;
  /// `uid`: the user.
  std::string userId;
  /// `gids`: the groups in an ID token.
  std::vector<std::string> groupIds;
  /// `ui`: what others in a room see of the user; null when the token has no such claim.
  Json userInfo;
  /// `perms`: the permissions in an access token, by room id or pattern, in the order of the token.
  std::vector<std::pair<std::string, Permissions>> permissions;
  /// `iat`: when it was issued.
  std::chrono::system_clock::time_point issuedAt;
  /// `exp`: when it expires.
  std::chrono::system_clock::time_point expiresAt;
  /// `jti`: identifies the token, in logs for example, without revealing it.
  std::string id;

  /// Decodes a token WITHOUT VERIFYING ITS SIGNATURE, also one without a signature, as the dev server issues them. Only
  /// the payload is read, as in a browser client. Returns `Errc::tokenTooLarge`, `malformed`, `badEncoding`, `badJson`
  /// or `badClaim` when it is not a Liveblocks token; an unknown scope is `badClaim`, since a browser client does not
  /// accept such a token either. The message never contains the token, but it names an unknown scope.
  static Result<AccessToken> decodeUnverified(std::string_view token);

  /// Decodes the token in the body of a response, `{"token":"..."}`, such as `AuthResponse::body`.
  static Result<AccessToken> decodeUnverifiedBody(std::string_view body);

  /// What an access token grants in a room, resolved as in a browser client: the strongest base scope of all entries
  /// that match, and for each part of the room the scope of the longest entry that has one. Returns nullopt when no
  /// entry matches, and always for an ID token: use `PermissionMatrix::of(room, userId, groupIds)`.
  std::optional<PermissionMatrix> permissionsFor(std::string_view roomId) const;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
