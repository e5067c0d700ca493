/// Sets of UTF-16 code units, as the character classes of JavaScript's regular expressions are.
#pragma once

#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {

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

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
