/// @file
/// What a verified machine token says.
/// https://clerk.com/docs/guides/development/machine-auth/overview
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Who uses a token in the name of its subject.
struct TokenActor {
  /// Never empty.
  std::string subject;
  /// Whose subject that is; empty when the token does not tell.
  std::string issuer;
};

/// An API key, a machine-to-machine token or an OAuth access token that was verified, and is neither revoked nor
/// expired.
struct LIVEBLOCKS_EXPORT MachineToken {
  /// Never `TokenType::sessionToken`.
  TokenType type = TokenType::apiKey;
  /// Of the token at Clerk.
  std::string id;
  /// Whose token it is: `user_...`, `org_...` or `mch_...`.
  std::string subject;
  /// What it may be used for.
  std::vector<std::string> scopes;
  /// Of an API key.
  std::string name;
  /// Of the application that an OAuth token was given to.
  std::string clientId;
  /// Custom claims; null when there are none.
  Json claims;
  /// nullopt: it does not expire.
  std::optional<std::chrono::system_clock::time_point> expiresAt;
  /// Of an OAuth token that was handed on (`act`, RFC 8693 section 4.1): who uses it now, and then for whom that one
  /// does, at most two of a longer chain. Empty: the application uses it by itself.
  std::vector<TokenActor> actors;

  /// The subject where it is a user, else empty.
  std::string userId() const;
  /// The subject where it is an organization, else empty.
  std::string orgId() const;
  /// The subject where it is a machine, else empty.
  std::string machineId() const;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
