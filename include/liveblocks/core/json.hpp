/// @file
/// JSON going in: owned, checked text. No JSON library shows in the interface.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace detail {
template <class T, class = void>
struct HasDump : std::false_type {};
template <class T>
struct HasDump<T, std::void_t<decltype(std::string(std::declval<const T&>().dump()))>> : std::true_type {};
}  // namespace detail

/// One JSON value (RFC 8259) as compact text.
///
/// A string becomes a JSON *string*; only `parse()` reads JSON text. Text must be valid UTF-8. Nesting is limited to
/// `maxDepth` and an object may not name a member twice; both throw `std::invalid_argument`, as bad text does.
/// Immutable; const access is thread-safe.
class LIVEBLOCKS_EXPORT Json {
 public:
  /// Objects and arrays within each other, at most.
  static constexpr int maxDepth = 64;

  /// `null`.
  Json(std::nullptr_t = nullptr);
  /// @{
  /// A JSON string. A null pointer throws.
  Json(const char* text);
  Json(std::string_view text);
  Json(const std::string& text);
  /// @}

  /// A number, or `true`/`false`. NaN and infinities become `null`, as in ECMAScript's `JSON.stringify`.
  template <class T, std::enable_if_t<std::is_arithmetic_v<T>, int> = 0>
  Json(T value) : Json(Trusted{}, number(value)) {}

  /// Anything with a `dump()` that gives JSON text: nlohmann::json, crow::json::wvalue and the like
  template <class T, std::enable_if_t<detail::HasDump<T>::value, int> = 0>
  Json(const T& value) : Json(parse(value.dump())) {}

  /// Reads JSON text. Throws `std::invalid_argument`, with the byte offset, when it is not exactly one JSON value.
  static Json parse(std::string_view text);

  /// `Json::object({{"name", "Ada"}, {"level", 3}})`. Keeps the given order.
  static Json object(std::initializer_list<std::pair<std::string_view, Json>> members);
  /// Of items in that order.
  static Json array(std::initializer_list<Json> items);

  /// @{
  /// Of which kind the value is.
  bool isObject() const noexcept;
  bool isNull() const noexcept;
  /// @}

  /// The compact JSON text.
  const std::string& text() const noexcept;

 private:
  struct Trusted {};
  Json(Trusted, std::string text);

  static std::string number(bool value);
  static std::string number(std::int64_t value);
  static std::string number(std::uint64_t value);
  static std::string number(double value);

  template <class T>
  static std::string number(T value) {
    static_assert(!std::is_same_v<T, char> && !std::is_same_v<T, wchar_t> && !std::is_same_v<T, char16_t> &&
                      !std::is_same_v<T, char32_t>,
                  "a character is not a number: pass a string, or cast to int");
    if constexpr (std::is_floating_point_v<T>) {
      return number(static_cast<double>(value));
    } else if constexpr (std::is_signed_v<T>) {
      return number(static_cast<std::int64_t>(value));
    } else {
      return number(static_cast<std::uint64_t>(value));
    }
  }

  std::string text_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
