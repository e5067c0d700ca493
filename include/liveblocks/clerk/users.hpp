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

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// A user, as Clerk's Backend API has it.
struct User {
  /// `user_...`.
  std::string id;
  /// @{
  /// nullopt where Clerk has null.
  std::optional<std::string> username;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  /// @}
  /// First and last name with a blank between, trimmed; nullopt when that is empty.
  std::optional<std::string> fullName;
  /// The picture, or one that Clerk made.
  std::string imageUrl;
  /// nullopt when the user has no primary address.
  std::optional<std::string> primaryEmailAddress;
  /// @{
  /// Each keeps the user from signing in, but ends no session at once: banned for good by the application, locked for a
  /// time after too many attempts, removed from the company's directory (Directory Sync). False where Clerk has null.
  bool banned = false;
  bool locked = false;
  bool deprovisioned = false;
  /// @}
  /// @{
  /// Objects; `{}` where Clerk has none.
  /// The application's own data: for everybody, for servers, and as the browser wrote it.
  Json publicMetadata;
  Json privateMetadata;
  Json unsafeMetadata;
  /// @}
  /// The JSON text of the whole answer.
  std::string raw;
};

/// How users are looked up.
struct UsersOptions {
  /// The instance's secret key, `sk_...`.
  Secret secretKey;
  /// Where the Backend API is.
  std::string apiUrl = "https://api.clerk.com";
  /// The deadline of a look-up that is given none, and the most it takes of a longer one.
  std::chrono::milliseconds timeout{2000};
  /// How long an answer is kept; 0 switches the cache off.
  std::chrono::seconds cacheTtl{0};
  /// Users kept, at most; the least recently used one goes first.
  std::size_t cacheCapacity = 1000;
  /// Repeat a look-up that got no answer, or 429, 502, 503 or 504, while the deadline allows.
  bool retry = true;
  /// Null: the system's clocks.
  std::shared_ptr<const Clock> clock = {};
  /// Hears of a secret key that is refused, and of too many requests, at most once a minute.
  Log log = {};
};

/// Cheap to copy; copies share the cache. Thread-safe. Concurrent look-ups of one user share one request when the cache
/// is on.
class LIVEBLOCKS_EXPORT Users {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an empty or damaged key, a bad URL, a timeout of 0 or of more
  /// than 24 h, a capacity of 0, a time to live that is negative or more than a year, or a null transport.
  explicit Users(const UsersOptions& options, std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// `GET /v1/users/{id}`. `Errc::notFound` for a user Clerk does not know, `Errc::secretKeyRejected` for 401 and 403,
  /// `Errc::invalidRequest` for an id that is none: 1 to 128 letters, digits, `_` and `-`. `Errc::upstream` for any
  /// other failure at Clerk, also for an answer that is not the user. Errors are never kept.
  Result<User> get(std::string_view id, std::optional<Deadline> deadline = {}) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
