/// @file
/// What an application decides about: who asks, for which room, and what the browser sent besides.
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
#include <liveblocks/http/message.hpp>
#include <liveblocks/session.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Who is asking.
struct Caller {
  /// Never empty.
  std::string userId;
  /// What goes into the token.
  SessionOptions options = {};
  /// Set by `clerkIdentity()`.
  std::optional<clerk::SessionClaims> clerk = {};
  /// For an ID token: the groups whose rooms are open to the caller (`CreateRoomOptions::groupsAccesses`). An access
  /// token does not have any.
  std::vector<std::string> groupIds = {};
};

/// The members of the JSON object that a browser sent. They are input: whoever is signed in may send anything.
///
/// Each look-up reads the text anew. Immutable; const access is thread-safe.
class LIVEBLOCKS_EXPORT AuthRequestBody {
 public:
  /// Objects and arrays within each other, at most; the whole is one of them.
  static constexpr int maxDepth = 16;
  /// Members of the object, at most; those of objects within it do not count.
  static constexpr std::size_t maxMembers = 100;

  /// Without any member.
  AuthRequestBody();

  /// Reads JSON text, for tests of your own. Throws `std::invalid_argument` unless it is one object within the limits,
  /// strict as RFC 8259 has it, no member named twice.
  static AuthRequestBody parse(std::string_view text);

  /// @{
  /// The member of that name; nullopt when there is none of that type. An integer is a number without fraction and
  /// exponent that fits.
  std::optional<std::string> text(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  std::optional<bool> boolean(std::string_view name) const;
  /// @}

  /// The JSON text of a member of any type, for a JSON library of your own; empty when there is none. As long-lived as
  /// this object.
  std::string_view json(std::string_view name) const;

  /// The JSON text of the whole object, as it was sent.
  const std::string& json() const noexcept;

 private:
  friend class AuthEndpoint;
  explicit AuthRequestBody(std::string text) noexcept;

  std::string text_;
};

/// What is asked of `Decide`.
struct AuthRequest {
  /// Who asks.
  Caller caller;
  /// A valid room id, so never a pattern. Empty: access outside of rooms (notifications and the like).
  std::optional<std::string> room = {};
  /// What the browser sent, `room` included.
  AuthRequestBody body = {};
  /// Method, target and headers. Borrowed: valid during the call only.
  http::RequestView httpRequest = {};
  /// When the whole request must be answered.
  Deadline deadline = (Deadline::max)();
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
