/// @file
/// The answer to "who sent this request?".
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

/// How far a request could be authenticated.
enum class AuthStatus {
  signedIn,
  signedOut,
  handshake,  ///< The browser must be sent to Clerk first, which brings its cookies up to date.
};

/// `signed-in`, `signed-out` or `handshake`, as Clerk's SDK writes it.
LIVEBLOCKS_EXPORT std::string_view name(AuthStatus status) noexcept;

/// Only a `RequestAuthenticator` makes one. Cheap to copy, immutable, thread-safe.
class LIVEBLOCKS_EXPORT RequestState {
 public:
  /// What the token amounts to. A pending session has the status signed in, and is nobody all the same: decide by
  /// `isAuthenticated()`.
  AuthStatus status() const noexcept;
  /// Whether `auth()` is somebody, or there is a `machineToken()`.
  bool isAuthenticated() const noexcept;

  /// Why the status is not signed in, as one of Clerk's words (`session-token-and-uat-missing`, ...); else empty.
  const std::string& reason() const noexcept;
  /// The same for people, for logs; may be empty. It may hold `azp` of a token whose signature is good, and the
  /// accepted parties, which the header does not.
  const std::string& message() const noexcept;
  /// The same for programs: set where a token was refused or could not be judged. Of the kind `unavailable` when the
  /// token may be good: answer 503.
  const std::optional<Error>& error() const noexcept;

  /// To be sent with the answer to this request, whatever that is: `Location`, `Set-Cookie`, `Cache-Control`,
  /// `X-Clerk-Auth-Status` and so on.
  const std::vector<http::Header>& headers() const noexcept;
  /// The 307 that must be sent instead of an answer of the application's own; nullopt when there is no need. A request
  /// that is signed in can need one, to clean its URL.
  std::optional<http::Response> redirect() const;

  /// The kind of token that was judged, or asked for; nullopt when the one that came is not in the list of accepted
  /// kinds.
  std::optional<TokenType> tokenType() const noexcept;
  /// The user; nobody unless the status is signed in by a session. Pending sessions are treated as the options of the
  /// authenticator say.
  const Auth& auth() const noexcept;
  /// As `auth()`, whatever the options say.
  Auth auth(bool treatPendingAsSignedOut) const;
  /// Set when the status is signed in by a machine token.
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
