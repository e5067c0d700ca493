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

enum class DecideForm { isDecide, ofRequest, ofRoom, asynchronous, fitsNoForm };

// In this order, so that the body of a generic lambda is only looked at for the forms before the first that fits.
template <class F>
constexpr DecideForm decideForm() {
  if constexpr (std::is_same_v<F, Decide>) {
    return DecideForm::isDecide;
  } else if constexpr (std::is_invocable_r_v<Decision, F&, const AuthRequest&>) {
    return DecideForm::ofRequest;
  } else if constexpr (std::is_invocable_r_v<Decision, F&, const Caller&, const std::optional<std::string>&>) {
    return DecideForm::ofRoom;
  } else if constexpr (std::is_invocable_v<F&, const AuthRequest&, Callback<Decision>>) {
    return DecideForm::asynchronous;
  } else {
    return DecideForm::fitsNoForm;
  }
}

template <class F, DecideForm form>
using IfDecideForm = std::enable_if_t<decideForm<F>() == form, int>;

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
/// - `void(const AuthRequest& request, Callback<Decision> done)` calls `done` once, by `request.deadline`, on
///   any thread, at once or later; a further call is ignored. The request is valid until then. In
///   `AuthEndpoint::handle()` the thread waits for it, which must not be the one that calls `done`. A generic lambda of
///   this form must name its first type.
///
/// Empty when constructed from nothing, from a null pointer or from an empty `std::function`. As thread-safe as the
/// callable.
class LIVEBLOCKS_EXPORT Decide {
 public:
  /// Empty.
  Decide(std::nullptr_t = nullptr) noexcept {}

  /// @{
  /// Wraps the callable. One that accepts several forms is given the whole request.
  template <class F, detail::IfDecideForm<F, detail::DecideForm::ofRequest> = 0>
  Decide(F callable) : now_(std::move(callable)) {}
  template <class F, detail::IfDecideForm<F, detail::DecideForm::ofRoom> = 0>
  Decide(F callable) : now_(detail::withoutRest(std::move(callable))) {}
  template <class F, detail::IfDecideForm<F, detail::DecideForm::asynchronous> = 0>
  Decide(F callable) : later_(std::move(callable)) {}
  /// @}
  /// Anything else does not decide: look at its parameters and its result, and let a lambda with several returns name
  /// its result, `-> liveblocks::Decision`.
  template <class F, detail::IfDecideForm<F, detail::DecideForm::fitsNoForm> = 0>
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
