/// @file
/// A value, or the error that stands in its place.
#pragma once

#include <system_error>
#include <utility>
#include <variant>

#include <liveblocks/core/error.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace detail {
/// Throws `std::system_error(error.code, error.message)`.
[[noreturn]] LIVEBLOCKS_EXPORT void throwError(const Error& error);
}  // namespace detail

/// Holds either a `T` or an `Error`. Ask with `if (result)` before `*result`; `value()` throws instead.
///
/// As thread-safe as `T`.
template <class T>
class [[nodiscard]] Result {
 public:
  /// Holds the value.
  Result(T value) : state_(std::move(value)) {}
  /// Holds the error.
  Result(Error error) : state_(std::move(error)) {}

  /// True when there is a value.
  explicit operator bool() const noexcept { return state_.index() == 0; }

  /// @{
  /// The value. Undefined on an error.
  const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
  T& operator*() & noexcept { return *std::get_if<0>(&state_); }
  T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  const T* operator->() const noexcept { return std::get_if<0>(&state_); }
  T* operator->() noexcept { return std::get_if<0>(&state_); }
  /// @}

  /// @{
  /// The value; on an error throws `std::system_error` with its code and message.
  const T& value() const& {
    requireValue();
    return **this;
  }
  T value() && {
    requireValue();
    return *std::move(*this);
  }
  /// @}

  /// The error. Undefined when there is a value.
  const Error& error() const noexcept { return *std::get_if<1>(&state_); }

 private:
  void requireValue() const {
    if (const Error* failure = std::get_if<1>(&state_)) detail::throwError(*failure);
  }

  std::variant<T, Error> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
