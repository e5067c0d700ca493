/// @file
/// Clerk's users, read through the Backend API.
/// https://clerk.com/docs/reference/backend-api/tag/Users
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// A user of Clerk's Backend API.
struct User {
  /// `user_...`.
  std::string id;
  /// @{
  /// nullopt if the value is null.
  std::optional<std::string> username;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  /// @}
  /// First and last name, separated by a space and trimmed; nullopt if that is empty.
  std::optional<std::string> fullName;
  /// The URL of the picture, or of a picture that Clerk generated.
  std::string imageUrl;
  /// nullopt if the user has no primary address.
  std::optional<std::string> primaryEmailAddress;
  /// @{
  /// Each prevents the user from signing in, but does not end sessions immediately: banned by the application, locked
  /// for some time after too many attempts, removed from the company's directory (Directory Sync). False for null.
  bool banned = false;
  bool locked = false;
  bool deprovisioned = false;
  /// @}
  /// @{
  /// The application's data: readable by browsers, readable by servers only, and writable by browsers. Objects; `{}` if
  /// Clerk has none.
  Json publicMetadata;
  Json privateMetadata;
  Json unsafeMetadata;
  /// @}
  /// The JSON text of the whole response.
  std::string raw;
};

/// Options of `Users`.
struct UsersOptions {
  /// The instance's secret key, `sk_...`.
  Secret secretKey;
  /// The URL of the Backend API.
  std::string apiUrl = "https://api.clerk.com";
  /// The default and the longest duration of a look-up: more than 0, at most 24 h.
  std::chrono::milliseconds timeout{2000};
  /// How long a user is cached: at most 1 year; 0 disables the cache.
  std::chrono::seconds cacheTtl{0};
  /// The largest number of cached users; the least recently used one is evicted. At least 1.
  std::size_t cacheCapacity = 1000;
  /// Repeat a look-up that got no response, or 429, 502, 503 or 504, while the deadline allows. At most twice,
  /// after 50 to 100 ms and 100 to 200 ms, or after `Retry-After` if that is longer.
  bool retry = true;
  /// The clock; null for the system's clocks. It must allow concurrent calls.
  std::shared_ptr<const Clock> clock = {};
  /// Called if Clerk rejects the secret key or responds with 429 (when it begins, once a minute, and when it is over),
  /// and for unexpected exceptions.
  Log log = {};
  /// Told of requests for users, and of look-ups if there is a cache.
  Events events = {};
};

/// Looks up users. Cheap to copy; copies share the cache. Thread-safe. Concurrent look-ups of one user share one
/// request if the cache is enabled.
class LIVEBLOCKS_EXPORT Users {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an empty or invalid key, an invalid URL, a timeout of 0 or of more
  /// than 24 h, a capacity of 0, a time to live that is negative or more than a year, or a null transport.
  explicit Users(const UsersOptions& options, std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// `GET /v1/users/{id}`. `Errc::notFound` for an unknown user, `Errc::secretKeyRejected` for 401 and 403,
  /// `Errc::invalidRequest` unless the id consists of 1 to 128 letters, digits, `_` and `-`. `Errc::upstream` for any
  /// other failure at Clerk, including a response that is not that user. `Errc::internal` for an unexpected exception,
  /// such as one of the clock, which is logged. Errors are not cached. Default deadline: `UsersOptions::timeout` from
  /// now, which also limits a later one.
  Result<User> get(std::string_view id, std::optional<Deadline> deadline = {}) const;

  /// The same without blocking. `Errc::asyncUnsupported` if the user has to be requested and the transport can only
  /// block.
  void getAsync(std::string_view id, Callback<Result<User>> done, const AsyncOptions& options = {}) const;

  /// Removes a user from the cache, after a change of that user: call it once the change has been made, in each process
  /// that has a cache. Later look-ups are new requests. A look-up that is in flight still goes to those who wait for
  /// it, but is not cached. Does nothing if there is no such user, or no cache.
  void forget(std::string_view id) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
