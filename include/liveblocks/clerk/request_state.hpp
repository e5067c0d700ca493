/// @file
/// The result of authenticating a request.
/// https://clerk.com/docs/reference/backend/authenticate-request
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/auth.hpp>
#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The result of authentication.
enum class AuthStatus {
  signedIn,
  signedOut,
  handshake,  ///< The browser must be redirected to Clerk first, which updates its cookies.
};

/// `signed-in`, `signed-out` or `handshake`: the names of Clerk's SDK.
LIVEBLOCKS_EXPORT std::string_view name(AuthStatus status) noexcept;

/// Created by a `RequestAuthenticator` only. Cheap to copy, immutable, thread-safe.
class LIVEBLOCKS_EXPORT RequestState {
 public:
  /// The result. A pending session has the status signed in although no user is authenticated: decide by
  /// `isAuthenticated()`.
  AuthStatus status() const noexcept;
  /// Whether `auth()` has a user, or there is a `machineToken()`.
  bool isAuthenticated() const noexcept;

  /// Why the status is not signed in: one of the reasons of Clerk's SDK (`session-token-and-uat-missing`, ...); else
  /// empty.
  const std::string& reason() const noexcept;
  /// The reason in words, for logs; may be empty. Unlike the header it may contain `azp` of a token with a valid
  /// signature, and the accepted parties.
  const std::string& message() const noexcept;
  /// The reason for programs: set if a token was rejected or could not be verified. Its kind is `unavailable` if the
  /// token may be valid: respond with 503.
  const std::optional<Error>& error() const noexcept;

  /// The headers to send with every response to this request: `Location`, `Set-Cookie`, `Cache-Control`,
  /// `X-Clerk-Auth-Status` and so on.
  const std::vector<http::Header>& headers() const noexcept;
  /// The 307 that must be sent instead of a response of the application; nullopt if none is needed. A request that is
  /// signed in may need one, to remove parameters from its URL.
  std::optional<http::Response> redirect() const;

  /// The type of the token that was verified, or that is required; nullopt if the type of the token is not in the list
  /// of accepted types.
  std::optional<TokenType> tokenType() const noexcept;
  /// The user; signed out unless the status is signed in by a session. The options of the authenticator determine how
  /// pending sessions are treated.
  const Auth& auth() const noexcept;
  /// As `auth()`, regardless of the options.
  Auth auth(bool treatPendingAsSignedOut) const;
  /// Set if the status is signed in by a machine token.
  const std::optional<MachineToken>& machineToken() const noexcept;

  /// @cond
  struct State;
  explicit RequestState(std::shared_ptr<const State> state) noexcept;
  /// @endcond

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
