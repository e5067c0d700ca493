/// What calls of all kinds end with, in one form.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>

namespace liveblocks_tests::mixed {

struct Outcome {
  /// nullopt: a success.
  std::optional<liveblocks::Errc> error;
  /// What has come from a server, with the id of the call in it if there is one.
  std::string text;
};

inline Outcome failureOf(const liveblocks::Error& error) { return {error.code, error.message}; }

inline std::string textOf(const liveblocks::Room& room) { return room.id + room.json.text(); }
inline std::string textOf(const liveblocks::RoomPage& page) { return textOf(page.data.at(0)); }
inline std::string textOf(const std::vector<liveblocks::ActiveUser>& users) { return users.at(0).id.value(); }
inline std::string textOf(const liveblocks::clerk::User& user) { return user.id + user.raw; }
inline std::string textOf(const liveblocks::clerk::SessionClaims& claims) { return claims.userId(); }

template <class T>
Outcome outcomeOf(const liveblocks::Result<T>& result) {
  return result ? Outcome{std::nullopt, textOf(*result)} : failureOf(result.error());
}

inline Outcome outcomeOf(const liveblocks::Result<void>& result) {
  return result ? Outcome{} : failureOf(result.error());
}

/// The code that a call about a room would have for that status.
inline std::optional<liveblocks::Errc> errorOf(int status) {
  if (status == 200) return std::nullopt;
  return status == 404 ? liveblocks::Errc::notFound : liveblocks::Errc::upstream;
}

inline Outcome outcomeOf(const liveblocks::AuthResponse& response) {
  if (response.error) return failureOf(*response.error);
  return {errorOf(response.status), response.body};
}

inline Outcome outcomeOf(const liveblocks::clerk::RequestState& state) {
  if (state.isAuthenticated()) return {std::nullopt, state.auth().userId()};
  return failureOf(state.error().value());
}

/// `Errc::keysUnavailable` stands for all that an endpoint responds to with 503.
inline Outcome outcomeOf(const liveblocks::http::Response& response) {
  if (response.status == 401) return {liveblocks::Errc::noToken, response.body};
  if (response.status == 503) return {liveblocks::Errc::keysUnavailable, response.body};
  return {errorOf(response.status), response.body};
}

}  // namespace liveblocks_tests::mixed
