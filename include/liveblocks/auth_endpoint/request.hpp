/// @file
/// A request for a token as `identify` and `decide` see it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/session.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace detail {
class EndpointRules;
}  // namespace detail

/// The user who requests a token.
struct Caller {
  /// The user's id at the application; never empty.
  std::string userId;
  /// What else goes into the token.
  SessionOptions options = {};
  /// The verified session; set by `clerkIdentity()`.
  std::optional<clerk::SessionClaims> clerk = {};
  /// The groups in an ID token, whose rooms are open to the caller (`CreateRoomOptions::groupsAccesses`). An access
  /// token has no groups.
  std::vector<std::string> groupIds = {};
};

/// The members of the JSON object that a browser sent. They are input: any signed-in user may send anything.
///
/// Each look-up parses the text again. Immutable; const access is thread-safe.
class LIVEBLOCKS_EXPORT AuthRequestBody {
 public:
  /// How deeply objects and arrays may be nested, the body itself included.
  static constexpr int maxDepth = 16;
  /// How many members the object may have; those of nested objects do not count.
  static constexpr std::size_t maxMembers = 100;

  /// An object without members.
  AuthRequestBody();

  /// Parses JSON text, for tests of your own. Throws `std::invalid_argument` unless it is one strict object (RFC 8259,
  /// no member twice) within the limits.
  static AuthRequestBody parse(std::string_view text);

  /// @{
  /// The member of that name; nullopt when there is none of that type. An integer is written without a fraction or an
  /// exponent, and fits into the type.
  std::optional<std::string> text(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  std::optional<bool> boolean(std::string_view name) const;
  /// @}

  /// The JSON text of a member of any type, for a JSON library of your own; empty when there is none. It is valid as
  /// long as this object.
  std::string_view json(std::string_view name) const;

  /// The JSON text of the whole object, as it was sent.
  const std::string& json() const noexcept;

 private:
  friend class detail::EndpointRules;
  explicit AuthRequestBody(std::string text) noexcept;

  /// Why a text is not one strict JSON object within the limits; empty if it is.
  static std::string problemOf(std::string_view text);

  std::string text_;
};

/// What `Decide` decides about.
struct AuthRequest {
  /// The user who requests the token.
  Caller caller;
  /// The requested room: a valid room id, never a pattern. Empty for access outside of rooms, such as notifications.
  std::optional<std::string> room = {};
  /// The body that the browser sent, `room` included.
  AuthRequestBody body = {};
  /// The method, target and headers. Borrowed: valid during the call, or until the callback of `Decide` is called.
  http::RequestView httpRequest = {};
  /// When the response to the whole request is due.
  Deadline deadline = (Deadline::max)();
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
