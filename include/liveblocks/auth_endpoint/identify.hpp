/// @file
/// How an application identifies the caller of an auth endpoint.
#pragma once

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

#include <liveblocks/auth_endpoint/request.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

class Identify;

namespace detail {
class EndpointRules;

using IdentifyNow = std::function<Result<Caller>(const http::RequestView&, Deadline)>;
using IdentifyLater = std::function<void(const http::RequestView&, const AsyncOptions&, Callback<Result<Caller>>)>;

enum class IdentifyForm { isIdentify, blocking, asynchronous, fitsNoForm };

template <class F>
constexpr IdentifyForm identifyForm() {
  if constexpr (std::is_same_v<F, Identify>) {
    return IdentifyForm::isIdentify;
  } else if constexpr (std::is_invocable_r_v<Result<Caller>, F&, const http::RequestView&, Deadline>) {
    return IdentifyForm::blocking;
  } else if constexpr (std::is_invocable_v<F&, const http::RequestView&, const AsyncOptions&,
                                           Callback<Result<Caller>>>) {
    return IdentifyForm::asynchronous;
  } else {
    return IdentifyForm::fitsNoForm;
  }
}

template <class F, IdentifyForm form>
using IfIdentifyForm = std::enable_if_t<identifyForm<F>() == form, int>;
}  // namespace detail

/// Identifies the caller of a request. An `Error` of the kind `unavailable` becomes a 503, any other a 401.
///
/// Wraps a callable of one of these forms, or one of each:
///
/// - `Result<Caller>(const http::RequestView& request, Deadline deadline)` returns the caller. In
///   `AuthEndpoint::handleAsync()` it must not block.
/// - `void(const http::RequestView& request, const AsyncOptions& options, Callback<Result<Caller>> done)` calls `done`
///   once, by `options.deadline`, on any thread, at once or later; a further call is ignored. The request is valid
///   until then. In `AuthEndpoint::handle()`, without the first form, the thread waits for it, which must not be the
///   one that calls `done`.
///
/// Empty when constructed from nothing, from a null pointer or from an empty `std::function`. As thread-safe as the
/// callables.
class LIVEBLOCKS_EXPORT Identify {
 public:
  /// Empty.
  Identify(std::nullptr_t = nullptr) noexcept {}

  /// @{
  /// Wraps the callable, or one of each form.
  template <class F, detail::IfIdentifyForm<F, detail::IdentifyForm::blocking> = 0>
  Identify(F callable) : now_(std::move(callable)) {}
  template <class F, detail::IfIdentifyForm<F, detail::IdentifyForm::asynchronous> = 0>
  Identify(F callable) : later_(std::move(callable)) {}
  template <class Now, class Later, detail::IfIdentifyForm<Now, detail::IdentifyForm::blocking> = 0,
            detail::IfIdentifyForm<Later, detail::IdentifyForm::asynchronous> = 0>
  Identify(Now blocking, Later asynchronous) : now_(std::move(blocking)), later_(std::move(asynchronous)) {}
  /// @}
  /// Anything else does not identify callers: look at its parameters and its result, and let a lambda with several
  /// returns name its result, `-> liveblocks::Result<liveblocks::Caller>`.
  template <class F, detail::IfIdentifyForm<F, detail::IdentifyForm::fitsNoForm> = 0>
  Identify(F callable) = delete;

  /// Whether there is a callable.
  explicit operator bool() const noexcept { return now_ || later_; }

  /// Whether there is a callable of the form that may finish later.
  bool finishesLater() const noexcept { return static_cast<bool>(later_); }

  /// The same, with every caller who was identified replaced by what `change` makes of it: a `Caller` or an `Error`. It
  /// keeps both forms, and an exception of `change` becomes a 500 in both. Throws `std::invalid_argument` for an empty
  /// one.
  Identify then(std::function<Result<Caller>(Caller)> change) const;

  /// Identifies the caller; waits for a callable that finishes later, and returns `Errc::timeout` at the deadline.
  /// Throws `std::bad_function_call` when it is empty, and what the callables throw.
  Result<Caller> operator()(const http::RequestView& request, Deadline deadline) const;

  /// The asynchronous form; without a callable that finishes later, `done` is called within this call. Throws as
  /// `operator()` does, except that an exception after the callable has returned becomes `Errc::internal`.
  void callAsync(const http::RequestView& request, const AsyncOptions& options, Callback<Result<Caller>> done) const;

 private:
  friend class detail::EndpointRules;

  Result<Caller> changed(Result<Caller> caller) const;

  detail::IdentifyNow now_;
  detail::IdentifyLater later_;
  std::function<Result<Caller>(Caller)> change_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
