/// @file
/// A value, or the error that explains why there is none.
#pragma once

#include <optional>
#include <system_error>
#include <type_traits>
#include <utility>
#include <variant>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace detail {
/// Throws `std::system_error(error.code, error.message)`.
[[noreturn]] LIVEBLOCKS_EXPORT void throwError(const Error& error);
}  // namespace detail

/// Holds either a `T` or an `Error`. Check `if (result)` before `*result`; `value()` throws instead.
///
/// As thread-safe as `T`.
template <class T>
class [[nodiscard]] Result {
 public:
  /// The type of the value.
  using value_type = T;

  /// Holds the value.
  Result(T value) : state_(std::move(value)) {}
  /// Holds the error.
  Result(Error error) : state_(std::move(error)) {}

  /// @{
  /// True when there is a value.
  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  [[nodiscard]] explicit operator bool() const noexcept { return ok(); }
  /// @}

  /// @{
  /// The value. Undefined when there is an error.
  [[nodiscard]] const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
  [[nodiscard]] T& operator*() & noexcept { return *std::get_if<0>(&state_); }
  [[nodiscard]] T operator*() && noexcept(std::is_nothrow_move_constructible_v<T>) {
    return std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] const T* operator->() const noexcept { return std::get_if<0>(&state_); }
  [[nodiscard]] T* operator->() noexcept { return std::get_if<0>(&state_); }
  /// @}

  /// @{
  /// The value. Throws `std::system_error` with the code and the message of the error when there is an error.
  const T& value() const& {
    requireValue();
    return **this;
  }
  T& value() & {
    requireValue();
    return **this;
  }
  T value() && {
    requireValue();
    return *std::move(*this);
  }
  /// @}

  /// @{
  /// The value, or `fallback` when there is an error.
  template <class U>
  [[nodiscard]] T value_or(U&& fallback) const& {
    return ok() ? **this : static_cast<T>(std::forward<U>(fallback));
  }
  template <class U>
  [[nodiscard]] T value_or(U&& fallback) && {
    return ok() ? *std::move(*this) : static_cast<T>(std::forward<U>(fallback));
  }
  /// @}

  /// @{
  /// The error. Undefined when there is a value.
  [[nodiscard]] const Error& error() const& noexcept { return *std::get_if<1>(&state_); }
  [[nodiscard]] Error error() && noexcept { return std::move(*std::get_if<1>(&state_)); }
  /// @}

  /// @{
  /// Results are equal when both hold equal values, or both hold equal errors.
  friend bool operator==(const Result& left, const Result& right) { return left.state_ == right.state_; }
  friend bool operator!=(const Result& left, const Result& right) { return !(left == right); }
  /// @}

 private:
  void requireValue() const {
    if (const Error* failure = std::get_if<1>(&state_)) detail::throwError(*failure);
  }

  std::variant<T, Error> state_;
};

/// The outcome of an operation that returns nothing: success, or an `Error`.
///
/// Distinct objects may be used concurrently.
template <>
class [[nodiscard]] Result<void> {
 public:
  /// The type of the value.
  using value_type = void;

  /// Success.
  Result() noexcept = default;
  /// Holds the error.
  Result(Error error) : error_(std::move(error)) {}

  /// @{
  /// True on success.
  [[nodiscard]] bool ok() const noexcept { return !error_; }
  [[nodiscard]] explicit operator bool() const noexcept { return ok(); }
  /// @}

  /// Returns on success. Throws `std::system_error` with the code and the message of the error otherwise.
  void value() const {
    if (error_) detail::throwError(*error_);
  }

  /// @{
  /// The error. Undefined on success.
  [[nodiscard]] const Error& error() const& noexcept { return *error_; }
  [[nodiscard]] Error error() && noexcept { return *std::move(error_); }
  /// @}

  /// @{
  /// Results are equal when both are successes, or both hold equal errors.
  friend bool operator==(const Result& left, const Result& right) { return left.error_ == right.error_; }
  friend bool operator!=(const Result& left, const Result& right) { return !(left == right); }
  /// @}

 private:
  std::optional<Error> error_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
