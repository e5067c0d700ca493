/// @file
/// Calls of Clerk's Backend API for sessions, for `clerk::Client::call()`.
/// https://clerk.com/docs/reference/backend-api/tag/Sessions
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/api_list.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::api {

/// A session at Clerk. Its tokens, which `clerk::SessionVerifier` verifies, do not tell that it has ended.
struct Session {
  /// `sess_...`.
  std::string id;
  /// `user_...`.
  std::string userId;
  /// The client (a browser or an app) that the session belongs to, `client_...`.
  std::string clientId;
  /// `active` for a session in use; else `pending` (tasks are left), `revoked`, `ended`, `expired`, `removed`,
  /// `replaced` or `abandoned`.
  std::string status;
  /// The organization that was active last; nullopt if there was none.
  std::optional<std::string> lastActiveOrganizationId;
  /// Who acts as the user, as the claim `act` of a token; null if it is the user.
  Json actor;
  /// @{
  /// nullopt if Clerk did not send it.
  std::optional<std::chrono::system_clock::time_point> lastActiveAt;
  std::optional<std::chrono::system_clock::time_point> expireAt;
  std::optional<std::chrono::system_clock::time_point> abandonAt;
  std::optional<std::chrono::system_clock::time_point> createdAt;
  /// @}
  /// The whole response.
  Json json;
};

/// Restricts a list of sessions. `userId` or `clientId` must be set. None may be empty.
struct SessionFilter {
  /// Sessions of that user.
  std::optional<std::string> userId = {};
  /// Sessions of that client.
  std::optional<std::string> clientId = {};
  /// Sessions with that `Session::status`.
  std::optional<std::string> status = {};
};

/// Options of a token.
struct SessionTokenOptions {
  /// The name of a JWT template of the instance; empty for a session token.
  std::string jwtTemplate = {};
  /// How long the token is valid, at least 1 s; nullopt for the time that the instance or the template says.
  std::optional<std::chrono::seconds> expiresIn = {};
};

/// `GET /v1/sessions/{sessionId}`: fetches a session.
LIVEBLOCKS_EXPORT http::TypedCall<Session> getSession(std::string_view sessionId);

/// `GET /v1/sessions`: lists sessions of a user or a client, the latest first.
LIVEBLOCKS_EXPORT http::TypedCall<List<Session>> listSessions(const SessionFilter& filter,
                                                              const PageOptions& page = {});

/// `POST /v1/sessions/{sessionId}/revoke`: ends a session and returns it. Tokens that were issued before are valid
/// until they expire, mostly within a minute.
LIVEBLOCKS_EXPORT http::TypedCall<Session> revokeSession(std::string_view sessionId);

/// `POST /v1/sessions/{sessionId}/tokens`, and `/tokens/{template}`: creates a token of a session. Such a session token
/// has no `azp`. The call is repeated as one that changes nothing.
///
/// `Errc::upstream` for a session token whose `sid` is not that session, and for a token from a template whose `sid` is
/// another session (`sess_...`): mostly it has none. The signature is not verified. The token is overwritten in the
/// response, but not in the buffers of the transport.
LIVEBLOCKS_EXPORT http::TypedCall<Secret> createSessionToken(std::string_view sessionId,
                                                             const SessionTokenOptions& options = {});

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
