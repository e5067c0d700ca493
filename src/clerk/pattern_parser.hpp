/// The outer form of a route pattern, as path-to-regexp 6 reads it (https://github.com/pillarjs/path-to-regexp).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

#include "clerk/pattern_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {

/// Literal text, or a parameter or group.
struct Piece {
  std::size_t offset = 0;
  bool isText = false;
  /// The text; of a parameter what stands in front of it and is repeated or left out with it.
  std::u16string prefix = {};
  std::u16string suffix = {};
  bool named = false;
  /// Where the expression begins and ends, if there is one.
  std::optional<std::pair<std::size_t, std::size_t>> expression = {};
  /// A name without an expression: part of one segment, ...
  bool isSegment = false;
  /// ... and no further than where this text follows, if there is one.
  std::u16string separator = {};
  /// `*`, `+`, `?` or U+0000.
  char16_t modifier = u'\0';
};

/// Throws `std::invalid_argument` for what path-to-regexp refuses, and for a backslash at the end.
std::vector<Piece> parsePattern(const PatternText& pattern);

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
