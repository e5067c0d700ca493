/// The regular expressions in route patterns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

#include "clerk/route_program.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// The text of a pattern. Offsets count UTF-16 code units, as in JavaScript.
class PatternText {
 public:
  static constexpr std::size_t maxSize = 1024;

  /// Throws `std::invalid_argument` if it is longer than `maxSize` bytes or not UTF-8.
  explicit PatternText(std::string_view text);

  std::u16string_view units() const noexcept { return units_; }
  std::size_t size() const noexcept { return units_.size(); }
  /// U+0000 after the end.
  char16_t at(std::size_t offset) const noexcept { return offset < units_.size() ? units_[offset] : u'\0'; }

  /// Throws `std::invalid_argument` with pattern and offset.
  [[noreturn]] void refuse(std::size_t offset, const char* why) const;

 private:
  std::string text_;
  std::u16string units_;
};

/// The largest number of instructions of a pattern.
constexpr std::size_t maxProgramSize = 2000;

/// Compiles the expression between the offsets: characters, `.`, classes, `\d \D \w \W \s \S`, escaped punctuation,
/// `(?:...)`, `|`, `* + ? {n,m}` and their lazy forms. Sets go to `program`. Throws `std::invalid_argument` for
/// anything else.
Code compileExpression(const PatternText& pattern, std::size_t begin, std::size_t end, Program& program);

/// @{
/// Code that consumes one character.
Code takeUnit(char16_t unit);
Code takeOneOf(CharacterSet set, Program& program);
/// @}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
