/// The program that a route pattern is compiled into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// A set of UTF-16 code units.
class CharacterSet {
 public:
  /// The first and the last code unit.
  using Range = std::pair<char16_t, char16_t>;

  CharacterSet() = default;
  /// The ranges must be in order and must not overlap.
  explicit CharacterSet(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}

  /// @{
  /// `\d`, `\w`, `\s` and `.`.
  static CharacterSet digits();
  static CharacterSet wordCharacters();
  static CharacterSet whiteSpace();
  static CharacterSet anyButLineEnds();
  /// @}
  /// The characters of a segment: all except `/`, `#` and `?`.
  static CharacterSet segmentCharacters();

  void add(Range range) { ranges_.push_back(range); }
  void add(const CharacterSet& other);
  CharacterSet complement() const;
  /// The set with both cases of its ASCII letters.
  CharacterSet inBothCases() const;

  bool contains(char16_t unit) const noexcept;
  /// Whether the set contains the unit, or the other case of an ASCII letter.
  bool containsEitherCase(char16_t unit) const noexcept;

 private:
  std::vector<Range> ranges_;
};

/// Converts an ASCII letter to lower case; other code units remain unchanged.
constexpr char16_t toLower(char16_t unit) noexcept {
  return unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit - u'A' + u'a') : unit;
}

struct Instruction {
  enum class Kind : std::uint8_t {
    unit,    ///< Consumes `unit`.
    set,     ///< Consumes a code unit of the set with the index `first`.
    jump,    ///< Continues `first` instructions further.
    split,   ///< Continues both `first` and `second` instructions further.
    unless,  ///< Continues unless the text with the index `first` follows, ignoring case.
  };

  Kind kind = Kind::unit;
  char16_t unit = 0;
  std::ptrdiff_t first = 0;
  std::ptrdiff_t second = 0;
};

/// A part of a program. Jumps are relative, so that parts can be combined and repeated.
using Code = std::vector<Instruction>;

/// @{
/// Combinations of parts.
Code sequence(Code first, const Code& second);
Code either(const Code& first, const Code& second);
Code optional(const Code& part);
Code anyNumber(const Code& part);
/// @}

/// A complete program. It matches if its end is reached at the end of the text.
struct Program {
  Code code;
  std::vector<CharacterSet> sets;
  std::vector<std::u16string> texts;
  bool caseSensitive = true;

  bool matches(std::u16string_view text) const;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
