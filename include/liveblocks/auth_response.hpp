/// @file
/// What an auth endpoint answers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include <liveblocks/core/error.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The outcome of `Session::authorize()` and `Liveblocks::identifyUser()`: pass `status` and `body` to the browser.
///
/// Binds as `auto [status, body, error]`, for ever these three.
struct [[nodiscard]] AuthResponse {
  /// 200 for any 2xx; 503 for 5xx and when no answer came; anything else as Liveblocks sent it.
  int status = 503;
  /// The text Liveblocks sent, on success `{"token":"..."}`; decoded as browsers do: without a byte order mark, and
  /// with U+FFFD for malformed UTF-8. A success is not looked into: a body without a token, or with an empty one, comes
  /// as it is. In any other answer credentials are replaced by `...***`. A text saying so when no answer came.
  std::string body;
  /// Why no answer came, or none that may be passed on: a success that repeats the secret key. Else empty, whatever
  /// Liveblocks said.
  std::optional<Error> error = {};
  /// The status Liveblocks sent; 0 when no answer came, or none that may be passed on.
  int upstreamStatus = 0;
};

/// The tuple protocol of `AuthResponse`.
template <std::size_t I, class R, std::enable_if_t<std::is_same_v<std::decay_t<R>, AuthResponse>, int> = 0>
constexpr decltype(auto) get(R&& response) noexcept {
  static_assert(I < 3);
  if constexpr (I == 0) {
    return (std::forward<R>(response).status);
  } else if constexpr (I == 1) {
    return (std::forward<R>(response).body);
  } else {
    return (std::forward<R>(response).error);
  }
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks

template <>
struct std::tuple_size<liveblocks::AuthResponse> : std::integral_constant<std::size_t, 3> {};

template <std::size_t I>
struct std::tuple_element<I, liveblocks::AuthResponse> {
  using type = std::remove_reference_t<decltype(liveblocks::get<I>(std::declval<liveblocks::AuthResponse&>()))>;
};
