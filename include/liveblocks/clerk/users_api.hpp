/// @file
/// Calls of Clerk's Backend API for users, for `clerk::Client::call()`.
/// https://clerk.com/docs/reference/backend-api/tag/Users
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/api_list.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
/// Calls of Clerk's Backend API, as values: `client.call(clerk::api::getUser(userId))`.
///
/// The functions do no I/O, are thread-safe, and do not throw for what they are given, which may come from outside.
/// What cannot be right is `Errc::invalidRequest` when the call is made, without a request: options beyond their
/// limits, strings that are empty where that is not allowed or that are not UTF-8, and ids that cannot be a part of a
/// path (empty, dots).
///
/// A response that is not what was asked for, such as one about another user, is `Errc::upstream`. Clerk's times are in
/// milliseconds; one that the clock cannot hold is its first or last moment. `json` and `raw` hold whatever else Clerk
/// sent.
namespace clerk::api {

/// Restricts a list of users: all that is set must match. The names are those of Clerk. A vector matches any of its
/// values, of which there may be up to `maxFilterValues`, none of them empty; an empty vector does not restrict. Ids
/// must not begin with `+` or `-`.
struct UserFilter {
  /// @{
  /// Exact values.
  std::vector<std::string> emailAddress = {};
  std::vector<std::string> phoneNumber = {};
  std::vector<std::string> username = {};
  std::vector<std::string> web3Wallet = {};
  std::vector<std::string> userId = {};
  std::vector<std::string> externalId = {};
  /// @}
  /// Members of any of these organizations.
  std::vector<std::string> organizationId = {};
  /// A part of an address, number, name or id. Not empty.
  std::optional<std::string> query = {};
  /// @{
  /// Users to whom it happened before or after that time.
  std::optional<std::chrono::system_clock::time_point> lastActiveAtBefore = {};
  std::optional<std::chrono::system_clock::time_point> lastActiveAtAfter = {};
  std::optional<std::chrono::system_clock::time_point> createdAtBefore = {};
  std::optional<std::chrono::system_clock::time_point> createdAtAfter = {};
  std::optional<std::chrono::system_clock::time_point> lastSignInAtBefore = {};
  std::optional<std::chrono::system_clock::time_point> lastSignInAtAfter = {};
  /// @}
};

/// What to merge into the metadata of a user: objects, of which at least one is set.
struct UserMetadata {
  /// Readable by browsers, and part of tokens if the instance says so.
  std::optional<Json> publicMetadata = {};
  /// Only readable by servers.
  std::optional<Json> privateMetadata = {};
  /// Readable and writable by browsers: nothing to base a permission on.
  std::optional<Json> unsafeMetadata = {};
};

/// `GET /v1/users/{userId}`: fetches a user anew. `clerk::Users::get()` may use its cache.
LIVEBLOCKS_EXPORT http::TypedCall<User> getUser(std::string_view userId);

/// `GET /v1/users`: lists users. `orderBy` is a member such as `created_at` or `last_active_at`, after `-` in
/// descending order; empty for the latest first. For their number see `countUsers()`.
LIVEBLOCKS_EXPORT http::TypedCall<std::vector<User>> listUsers(const UserFilter& filter = {},
                                                               const PageOptions& page = {},
                                                               std::string_view orderBy = {});

/// `GET /v1/users/count`: counts users.
LIVEBLOCKS_EXPORT http::TypedCall<std::int64_t> countUsers(const UserFilter& filter = {});

/// `PATCH /v1/users/{userId}/metadata`: merges metadata, nested objects included. A member that is `null` is removed.
/// Afterwards call `clerk::Users::forget()` if users are cached.
LIVEBLOCKS_EXPORT http::TypedCall<User> updateUserMetadata(std::string_view userId, const UserMetadata& metadata);

/// @{
/// `POST /v1/users/{userId}/ban`, `unban`: a banned user cannot sign in, and all sessions are revoked. Tokens that were
/// issued before are valid until they expire, mostly within a minute. Afterwards call `clerk::Users::forget()` if users
/// are cached.
LIVEBLOCKS_EXPORT http::TypedCall<User> banUser(std::string_view userId);
LIVEBLOCKS_EXPORT http::TypedCall<User> unbanUser(std::string_view userId);
/// @}

/// @{
/// `POST /v1/users/{userId}/lock`, `unlock`: a locked user cannot sign in until the lockout of the instance is over.
/// Afterwards call `clerk::Users::forget()` if users are cached.
LIVEBLOCKS_EXPORT http::TypedCall<User> lockUser(std::string_view userId);
LIVEBLOCKS_EXPORT http::TypedCall<User> unlockUser(std::string_view userId);
/// @}

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
