/// @file
/// The content of a verified machine token.
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

/// The party that uses a token on behalf of its subject.
struct TokenActor {
  /// The actor's subject; never empty.
  std::string subject;
  /// The issuer of that subject; empty if the token does not name it.
  std::string issuer;
};

/// An API key, a machine-to-machine token or an OAuth access token that was verified, and is neither revoked nor
/// expired.
struct LIVEBLOCKS_EXPORT MachineToken {
  /// Never `TokenType::sessionToken`.
  TokenType type = TokenType::apiKey;
  /// The token's id at Clerk.
  std::string id;
  /// The owner of the token: `user_...`, `org_...` or `mch_...`.
  std::string subject;
  /// The scopes that the token grants.
  std::vector<std::string> scopes;
  /// The name of an API key; else empty.
  std::string name;
  /// The id of the application to which an OAuth token was issued; else empty.
  std::string clientId;
  /// The custom claims; null if there are none.
  Json claims;
  /// When the token expires; nullopt if it does not.
  std::optional<std::chrono::system_clock::time_point> expiresAt;
  /// The actors of an OAuth token that was delegated (`act`, RFC 8693 section 4.1): the current one first, then the one
  /// on whose behalf it acts; of a longer chain the first two. Empty if the application itself uses the token.
  std::vector<TokenActor> actors;

  /// The subject if it is a user, else empty.
  std::string userId() const;
  /// The subject if it is an organization, else empty.
  std::string orgId() const;
  /// The subject if it is a machine, else empty.
  std::string machineId() const;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
