/// The matcher that a route pattern is compiled into.
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
namespace clerk {
namespace detail {

class CharacterSet {
 public:
  /// First and last.
  using Range = std::pair<char16_t, char16_t>;

  CharacterSet() = default;
  /// In order, without overlaps.
  explicit CharacterSet(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}

  /// @{
  /// `\d`, `\w`, `\s` and `.`.
  static CharacterSet digits();
  static CharacterSet wordCharacters();
  static CharacterSet whiteSpace();
  static CharacterSet anyButLineEnds();
  /// @}
  /// What may stand in one segment: no `/`, `#` and `?`.
  static CharacterSet segmentCharacters();

  void add(Range range) { ranges_.push_back(range); }
  void add(const CharacterSet& other);
  CharacterSet complement() const;
  /// With both cases of its ASCII letters.
  CharacterSet inBothCases() const;

  bool holds(char16_t unit) const noexcept;
  /// The same, or the other case of an ASCII letter.
  bool holdsEitherCase(char16_t unit) const noexcept;

 private:
  std::vector<Range> ranges_;
};

/// Of an ASCII letter; anything else as it is.
constexpr char16_t toLower(char16_t unit) noexcept {
  return unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit - u'A' + u'a') : unit;
}

struct Instruction {
  enum class Kind : std::uint8_t {
    unit,    ///< Takes `unit`.
    set,     ///< Takes one of the set with the number `first`.
    jump,    ///< Goes on `first` instructions further.
    split,   ///< Goes on `first` and `second` instructions further.
    unless,  ///< Goes on unless the text with the number `first` follows, in either case.
  };

  Kind kind = Kind::unit;
  char16_t unit = 0;
  std::ptrdiff_t first = 0;
  std::ptrdiff_t second = 0;
};

/// Part of a program; jumps are relative, so that parts can be put together and repeated.
using Code = std::vector<Instruction>;

/// @{
/// Parts made of parts.
Code sequence(Code first, const Code& second);
Code either(const Code& first, const Code& second);
Code optional(const Code& part);
Code anyNumber(const Code& part);
/// @}

/// Whole: it matches when its end is reached at the end of the text.
struct Program {
  Code code;
  std::vector<CharacterSet> sets;
  std::vector<std::u16string> texts;
  bool caseSensitive = true;

  bool matches(std::u16string_view text) const;
};

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
