/// What a pattern is compiled to: a small non-deterministic automaton that is run without backtracking, so that no path
/// takes longer than its length times the program's (https://swtch.com/~rsc/regexp/regexp2.html).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/version.hpp>

#include "clerk/character_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {

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

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
