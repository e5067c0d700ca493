/// @file
/// Builder for an access token.
/// https://liveblocks.io/docs/api-reference/liveblocks-node#access-tokens
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What else goes into an access token.
struct SessionOptions {
  /// What everybody in the room sees of this user, as a JSON object or null; by convention with `name` and `avatar`.
  /// Liveblocks accepts at most 1024 characters.
  std::optional<Json> userInfo = {};
  /// The Liveblocks organization the token is for. Unset: `default`.
  std::optional<std::string> organizationId = {};
};

/// Builds an access token: collects permissions and exchanges them for one token. From `Liveblocks::prepareSession()`.
///
/// Move-only. For one thread at a time. `authorize()`, `authorizeAsync()` and `request()` seal the session, whatever
/// their outcome: make a new session for every token, since a browser client stops when it gets the same token twice.
/// Sealing also logs warnings to `LiveblocksOptions::log` about entries that contradict themselves, and about scopes
/// that have no effect because of other entries.
class LIVEBLOCKS_EXPORT Session {
 public:
  /// How many rooms and patterns one token may have.
  static constexpr std::size_t maxEntries = 10;
  /// The length of a room id, or of a pattern before its `*`, in UTF-16 code units.
  static constexpr std::size_t maxRoomIdLength = 128;

  /// @{
  /// The constants of the same names, here as in the vendor's SDK.
  static constexpr Permissions FULL_ACCESS = liveblocks::FULL_ACCESS;
  static constexpr Permissions READ_ACCESS = liveblocks::READ_ACCESS;
  /// @}

  /// @{
  /// A session that was moved from throws `std::logic_error` on use.
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  /// @}
  ~Session();

  /// @{
  /// Grants permissions in one room (`acme:product:1`) or in all rooms with a common prefix (`acme:product:*`, `*`).
  /// A second call with the same room or pattern adds to the first.
  ///
  /// Throws `std::invalid_argument` for a bad room or pattern (empty, not UTF-8, longer than `maxRoomIdLength`, a `*`
  /// that is not last), for an empty permission set and for a set that would grant nothing, since neither it nor an
  /// earlier entry that includes these rooms has one of `*:read`, `*:write`, `room:read`, `room:write`;
  /// `std::logic_error` when the session is sealed or moved from, and `std::length_error` beyond `maxEntries`. Nothing
  /// is changed when it throws.
  Session& allow(std::string_view roomOrPattern, const Permissions& permissions) &;
  Session allow(std::string_view roomOrPattern, const Permissions& permissions) &&;
  /// @}

  /// Whether anything has been allowed.
  bool hasPermissions() const noexcept;

  /// Whether an entry matches that room id, as a browser client matches it.
  bool covers(std::string_view roomId) const noexcept;

  /// What a token with the current entries grants in that room, as a browser client resolves it; nullopt when no entry
  /// matches.
  std::optional<PermissionMatrix> permissionsFor(std::string_view roomId) const;

  /// `POST /v2/authorize-user`: requests the token. The default deadline is `LiveblocksOptions::timeout` from now.
  /// Throws `std::logic_error` on a sealed session and on one made without a transport, which stays open.
  AuthResponse authorize(std::optional<Deadline> deadline = {});

  /// The asynchronous twin, which throws `std::invalid_argument` for an empty callback, too. The session may be
  /// destroyed before `done` is called.
  void authorizeAsync(Callback<AuthResponse> done, const AsyncOptions& options = {});

  /// Sans-I/O: the request that `authorize()` sends. Seals the session.
  http::Request request();

  /// Sans-I/O: the outcome of `authorize()` for a response; a failed exchange is passed in as an `Error`.
  AuthResponse response(const Result<http::Response>& response) const;

 private:
  friend class Liveblocks;
  struct State;
  explicit Session(std::shared_ptr<State> state) noexcept;
  std::shared_ptr<State> usableState() const;

  std::shared_ptr<State> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
