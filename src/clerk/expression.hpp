/// What stands in parentheses in a route pattern: the regular part of JavaScript's regular expressions.
#pragma once

#include <cstddef>

#include <liveblocks/core/version.hpp>

#include "clerk/pattern_text.hpp"
#include "clerk/program.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {

/// Instructions in one pattern.
constexpr std::size_t maxProgramSize = 2000;

/// Compiles the expression between the offsets: characters, `.`, classes, `\d \D \w \W \s \S`, escaped punctuation,
/// `(?:...)`, `|`, `* + ? {n,m}` and their lazy forms. Sets go to `program`. Throws `std::invalid_argument` for
/// anything else.
Code compileExpression(const PatternText& pattern, std::size_t begin, std::size_t end, Program& program);

/// @{
/// Code that takes one character.
Code takeUnit(char16_t unit);
Code takeOneOf(CharacterSet set, Program& program);
/// @}

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
