/// @file
/// One access token in the making.
/// https://liveblocks.io/docs/api-reference/liveblocks-node#access-tokens
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What goes into an access token beside the user and the permissions.
struct SessionOptions {
  /// What everybody in the room sees of this user, as a JSON object or null; by convention with `name` and `avatar`.
  /// Liveblocks takes at most 1024 characters.
  std::optional<Json> userInfo = {};
  /// The Liveblocks organization the token is for. Unset: `default`.
  std::optional<std::string> organizationId = {};
};

/// Made by `Liveblocks::prepareSession()`; collects permissions, then trades them for one token.
///
/// Move-only. For one thread at a time. `authorize()` and `request()` seal it, whatever their outcome: make a new
/// session for every token, for a browser stops when it is handed the same token twice. Sealing also warns, through
/// `LiveblocksOptions::log`, of entries that contradict themselves, and of scopes that other entries leave without
/// effect.
class LIVEBLOCKS_EXPORT Session {
 public:
  /// Rooms and patterns in one token, at most.
  static constexpr std::size_t maxEntries = 10;
  /// UTF-16 code units of a room id, or of a pattern before its `*`, at most.
  static constexpr std::size_t maxRoomIdLength = 128;

  /// @{
  /// As the constants of the same names, where the vendor's SDK has them.
  static constexpr Permissions FULL_ACCESS = liveblocks::FULL_ACCESS;
  static constexpr Permissions READ_ACCESS = liveblocks::READ_ACCESS;
  /// @}

  /// @{
  /// What was moved from throws `std::logic_error` on use.
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  /// @}
  ~Session();

  /// @{
  /// Grants permissions in one room (`acme:product:1`) or in all rooms that begin alike (`acme:product:*`, `*`).
  /// A second call for the same text adds to the first.
  ///
  /// Throws `std::invalid_argument` for a bad room or pattern (empty, not UTF-8, longer than `maxRoomIdLength`, a `*`
  /// that is not last), for an empty permission set and for a set that would grant nothing, since neither it nor an
  /// earlier entry that includes these rooms has one of `*:read`, `*:write`, `room:read`, `room:write`;
  /// `std::logic_error` when the session is sealed or moved from and `std::length_error` beyond `maxEntries`. Nothing
  /// is changed then.
  Session& allow(std::string_view roomOrPattern, const Permissions& permissions) &;
  Session allow(std::string_view roomOrPattern, const Permissions& permissions) &&;
  /// @}

  /// True once something has been allowed.
  bool hasPermissions() const noexcept;

  /// True when an entry matches that room id, as a browser client would match it.
  bool covers(std::string_view roomId) const noexcept;

  /// What a token would grant in that room by now, as a browser client would resolve it; nullopt when no entry matches.
  std::optional<PermissionMatrix> permissionsFor(std::string_view roomId) const;

  /// `POST /v2/authorize-user`. The default deadline is `LiveblocksOptions::timeout` from now.
  /// Throws `std::logic_error` on a sealed session and on one made without a transport, which stays open.
  AuthResponse authorize(std::optional<Deadline> deadline = {});

  /// Sans-I/O: the request `authorize()` would send. Seals the session.
  http::Request request();

  /// Sans-I/O: what `authorize()` makes of an answer; a failed exchange goes in as an `Error`.
  AuthResponse response(const Result<http::Response>& answer) const;

 private:
  friend class Liveblocks;
  struct State;
  explicit Session(std::shared_ptr<State> state) noexcept;
  std::shared_ptr<State> usableState() const;

  std::shared_ptr<State> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
