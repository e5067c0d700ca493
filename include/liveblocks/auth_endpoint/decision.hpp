/// @file
/// The decision of an application about a request for a token.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <liveblocks/auth_endpoint/request.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The decision of an application. One that allows nothing is a refusal.
class LIVEBLOCKS_EXPORT Decision {
 public:
  /// A refusal without a reason, until something is allowed.
  Decision();
  /// A final refusal: 403. The reason is shown to the user.
  static Decision refuse(std::string reason);
  /// A temporary failure: 503, and the browser tries again. The reason is shown to the user.
  static Decision unavailable(std::string reason);

  /// @{
  /// Grants permissions in a room, or in all rooms of a pattern. Throws as `Session::allow()` does. A refusal stays a
  /// refusal.
  Decision& allow(std::string_view roomOrPattern, const Permissions& permissions) &;
  Decision allow(std::string_view roomOrPattern, const Permissions& permissions) &&;
  /// @}

 private:
  friend class AuthEndpoint;
  enum class Kind { asGranted, refuse, unavailable };

  Kind kind_ = Kind::asGranted;
  std::string reason_;
  std::vector<std::pair<std::string, Permissions>> grants_;
};

namespace detail {
using DecideAboutRequest = std::function<Decision(const AuthRequest&)>;
using DecideAboutRoom = std::function<Decision(const Caller&, const std::optional<std::string>&)>;

template <class F>
constexpr bool takesAuthRequest = std::is_invocable_r_v<Decision, F&, const AuthRequest&>;
template <class F>
constexpr bool takesRoom = std::is_invocable_r_v<Decision, F&, const Caller&, const std::optional<std::string>&>;

inline DecideAboutRequest withoutRest(DecideAboutRoom decide) {
  if (!decide) return nullptr;
  return [decide = std::move(decide)](const AuthRequest& request) { return decide(request.caller, request.room); };
}
}  // namespace detail

/// Decides about one room, or about access outside of rooms. What is granted must cover the requested room, or the
/// endpoint refuses access.
///
/// Wraps any callable `Decision(const AuthRequest& request)`. A callable that needs no more than the caller and the
/// room may be `Decision(const Caller&, const std::optional<std::string>& room)` instead. Empty when constructed from
/// nothing, from a null pointer or from an empty `std::function`. As thread-safe as the callable.
class Decide {
 public:
  /// Empty.
  Decide(std::nullptr_t = nullptr) noexcept {}

  /// @{
  /// Wraps the callable. One that accepts both forms is given the whole request.
  template <class F, std::enable_if_t<!std::is_same_v<F, Decide> && detail::takesAuthRequest<F>, int> = 0>
  Decide(F callable) : call_(std::move(callable)) {}

  template <class F, std::enable_if_t<
                         !std::is_same_v<F, Decide> && !detail::takesAuthRequest<F> && detail::takesRoom<F>, int> = 0>
  Decide(F callable) : call_(detail::withoutRest(std::move(callable))) {}
  /// @}

  /// Whether there is a callable.
  explicit operator bool() const noexcept { return static_cast<bool>(call_); }

  /// @{
  /// Calls it. Throws `std::bad_function_call` when there is none, and what the callable throws.
  Decision operator()(const AuthRequest& request) const { return call_(request); }
  Decision operator()(const Caller& caller, const std::optional<std::string>& room) const {
    return call_({caller, room});
  }
  /// @}

 private:
  detail::DecideAboutRequest call_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
