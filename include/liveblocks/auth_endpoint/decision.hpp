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
#include <liveblocks/core/async_options.hpp>
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
  friend class detail::EndpointRules;
  enum class Kind { asGranted, refuse, unavailable };

  Kind kind_ = Kind::asGranted;
  std::string reason_;
  std::vector<std::pair<std::string, Permissions>> grants_;
};

class Decide;

namespace detail {
using DecideAboutRequest = std::function<Decision(const AuthRequest&)>;
using DecideAboutRoom = std::function<Decision(const Caller&, const std::optional<std::string>&)>;
using DecideLater = std::function<void(const AuthRequest&, Callback<Decision>)>;

// The body of a generic lambda is only looked at if the forms before do not fit.
template <class F>
using TakesAuthRequest =
    std::conjunction<std::negation<std::is_same<F, Decide>>, std::is_invocable_r<Decision, F&, const AuthRequest&>>;
template <class F>
using TakesRoom = std::conjunction<std::negation<std::is_same<F, Decide>>, std::negation<TakesAuthRequest<F>>,
                                   std::is_invocable_r<Decision, F&, const Caller&, const std::optional<std::string>&>>;
template <class F>
using TakesCallback =
    std::conjunction<std::negation<std::is_same<F, Decide>>, std::negation<TakesAuthRequest<F>>,
                     std::negation<TakesRoom<F>>, std::is_invocable<F&, const AuthRequest&, Callback<Decision>>>;
template <class F>
using CannotDecide = std::conjunction<std::negation<std::is_same<F, Decide>>, std::negation<TakesAuthRequest<F>>,
                                      std::negation<TakesRoom<F>>, std::negation<TakesCallback<F>>>;

inline DecideAboutRequest withoutRest(DecideAboutRoom decide) {
  if (!decide) return nullptr;
  return [decide = std::move(decide)](const AuthRequest& request) { return decide(request.caller, request.room); };
}
}  // namespace detail

/// Decides about one room, or about access outside of rooms. What is granted must cover the requested room, or the
/// endpoint refuses access.
///
/// Wraps a callable of one of these forms:
///
/// - `Decision(const AuthRequest& request)`, or `Decision(const Caller&, const std::optional<std::string>& room)` if it
///   needs no more than the caller and the room. In `AuthEndpoint::handleAsync()` it must not block.
/// - `void(const AuthRequest& request, Callback<Decision> done)` calls `done` once, by `request.deadline`, on any
/// thread,
///   at once or later; a further call is ignored. The request is valid until then. In `AuthEndpoint::handle()` the
///   thread waits for it, which must not be the one that calls `done`. A generic lambda of this form must name its
///   first type.
///
/// Empty when constructed from nothing, from a null pointer or from an empty `std::function`. As thread-safe as the
/// callable.
class LIVEBLOCKS_EXPORT Decide {
 public:
  /// Empty.
  Decide(std::nullptr_t = nullptr) noexcept {}

  /// @{
  /// Wraps the callable. One that accepts several forms is given the whole request.
  template <class F, std::enable_if_t<detail::TakesAuthRequest<F>::value, int> = 0>
  Decide(F callable) : now_(std::move(callable)) {}
  template <class F, std::enable_if_t<detail::TakesRoom<F>::value, char> = 0>
  Decide(F callable) : now_(detail::withoutRest(std::move(callable))) {}
  template <class F, std::enable_if_t<detail::TakesCallback<F>::value, short> = 0>
  Decide(F callable) : later_(std::move(callable)) {}
  /// @}
  /// Anything else does not decide: look at its parameters and its result, and let a lambda with several returns name
  /// its result, `-> liveblocks::Decision`.
  template <class F, std::enable_if_t<detail::CannotDecide<F>::value, long> = 0>
  Decide(F callable) = delete;

  /// Whether there is a callable.
  explicit operator bool() const noexcept { return now_ || later_; }

  /// Whether the callable is of the form that may finish later.
  bool finishesLater() const noexcept { return static_cast<bool>(later_); }

  /// @{
  /// Decides; waits for a callable that finishes later, and returns `Decision::unavailable()` at the deadline of the
  /// request. Throws `std::bad_function_call` when there is none, and what the callable throws.
  Decision operator()(const AuthRequest& request) const;
  Decision operator()(const Caller& caller, const std::optional<std::string>& room) const;
  /// @}

  /// The asynchronous form; without a callable that finishes later, `done` is called within this call. Throws as
  /// `operator()` does. The request must be valid until `done` is called.
  void callAsync(const AuthRequest& request, Callback<Decision> done) const;

 private:
  detail::DecideAboutRequest now_;
  detail::DecideLater later_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
