/// @file
/// A JSON value as owned, checked text. No JSON library shows in the interface.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

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

struct JsonMember;

/// One JSON value (RFC 8259) as compact text.
///
/// A string becomes a JSON *string*; only `parse()` reads JSON text. Strings must be valid UTF-8. Nesting is limited to
/// `maxDepth` and an object may not name a member twice; both throw `std::invalid_argument`, as bad text does.
/// Immutable; const access is thread-safe.
///
/// Reading never throws and never converts: what is not of the requested type is nullopt or empty.
///
///     for (const auto& [name, value] : room.json.find("metadata").value_or(nullptr).members()) {
///       if (const auto text = value.asString()) print(name, *text);
///     }
class LIVEBLOCKS_EXPORT Json {
 public:
  /// The types of values.
  enum class Type {
    null,     ///< `null`
    boolean,  ///< `true` or `false`
    number,   ///< A number.
    string,   ///< A string.
    array,    ///< An array.
    object,   ///< An object.
  };

  /// How deeply objects and arrays may be nested.
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
  Json(T value) : Json(Trusted{}, numberText(value)) {}

  /// Anything with a `dump()` that returns JSON text: nlohmann::json, crow::json::wvalue and the like.
  template <class T, std::enable_if_t<detail::HasDump<T>::value, int> = 0>
  Json(const T& value) : Json(parse(value.dump())) {}

  /// Reads JSON text. Throws `std::invalid_argument`, with the byte offset, when it is not exactly one JSON value.
  static Json parse(std::string_view text);

  /// An object, such as `Json::object({{"name", "Ada"}, {"level", 3}})`. Keeps the given order.
  static Json object(std::initializer_list<std::pair<std::string_view, Json>> members);
  /// An array of these items.
  static Json array(std::initializer_list<Json> items);

  /// The type of the value.
  Type type() const noexcept;

  /// @{
  /// Whether the value is of that type.
  bool isNull() const noexcept { return type() == Type::null; }
  bool isBoolean() const noexcept { return type() == Type::boolean; }
  bool isNumber() const noexcept { return type() == Type::number; }
  bool isString() const noexcept { return type() == Type::string; }
  bool isArray() const noexcept { return type() == Type::array; }
  bool isObject() const noexcept { return type() == Type::object; }
  /// @}

  /// @{
  /// The value of a boolean, number or string; nullopt for any other type. An integer is written without a
  /// fraction or an exponent, and fits into the type.
  std::optional<bool> asBoolean() const noexcept;
  std::optional<double> asNumber() const;
  std::optional<std::int64_t> asInteger() const noexcept;
  std::optional<std::string> asString() const;
  /// @}

  /// The members of an object, in their order; empty for any other type.
  std::vector<JsonMember> members() const;
  /// The member of an object with that name; nullopt when there is none, and for any other type. A member that is
  /// `null` is found.
  std::optional<Json> find(std::string_view name) const;
  /// The items of an array, in their order; empty for any other type.
  std::vector<Json> items() const;

  /// The compact JSON text.
  const std::string& text() const noexcept;

 private:
  struct Trusted {};
  Json(Trusted, std::string text);

  static std::string numberText(bool value);
  static std::string numberText(std::int64_t value);
  static std::string numberText(std::uint64_t value);
  static std::string numberText(double value);

  template <class T>
  static std::string numberText(T value) {
    static_assert(!std::is_same_v<T, char> && !std::is_same_v<T, wchar_t> && !std::is_same_v<T, char16_t> &&
                      !std::is_same_v<T, char32_t>,
                  "a character is not a number: pass a string, or cast to int");
    if constexpr (std::is_floating_point_v<T>) {
      return numberText(static_cast<double>(value));
    } else if constexpr (std::is_signed_v<T>) {
      return numberText(static_cast<std::int64_t>(value));
    } else {
      return numberText(static_cast<std::uint64_t>(value));
    }
  }

  std::string text_;
};

/// A member of an object.
struct JsonMember {
  /// The member's name.
  std::string name;
  /// The member's value.
  Json value;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
