#include "clerk/character_set.hpp"

#include <algorithm>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {
namespace {

constexpr char16_t lastUnit = 0xFFFF;

constexpr char16_t toUpper(char16_t unit) noexcept {
  return unit >= u'a' && unit <= u'z' ? static_cast<char16_t>(unit - u'a' + u'A') : unit;
}

}  // namespace

CharacterSet CharacterSet::digits() { return CharacterSet({{u'0', u'9'}}); }

CharacterSet CharacterSet::wordCharacters() {
  return CharacterSet({{u'0', u'9'}, {u'A', u'Z'}, {u'_', u'_'}, {u'a', u'z'}});
}

CharacterSet CharacterSet::whiteSpace() {
  return CharacterSet({{u'\t', u'\r'},
                       {u' ', u' '},
                       {0xA0, 0xA0},
                       {0x1680, 0x1680},
                       {0x2000, 0x200A},
                       {0x2028, 0x2029},
                       {0x202F, 0x202F},
                       {0x205F, 0x205F},
                       {0x3000, 0x3000},
                       {0xFEFF, 0xFEFF}});
}

CharacterSet CharacterSet::anyButLineEnds() {
  return CharacterSet({{u'\n', u'\n'}, {u'\r', u'\r'}, {0x2028, 0x2029}}).complement();
}

CharacterSet CharacterSet::segmentCharacters() {
  return CharacterSet({{u'#', u'#'}, {u'/', u'/'}, {u'?', u'?'}}).complement();
}

void CharacterSet::add(const CharacterSet& other) {
  ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
}

CharacterSet CharacterSet::complement() const {
  std::vector<Range> sorted = ranges_;
  std::sort(sorted.begin(), sorted.end());
  CharacterSet result;
  unsigned next = 0;
  for (const auto& [first, last] : sorted) {
    if (first > next) result.add({static_cast<char16_t>(next), static_cast<char16_t>(first - 1)});
    next = std::max(next, last + 1U);
  }
  if (next <= lastUnit) result.add({static_cast<char16_t>(next), lastUnit});
  return result;
}

CharacterSet CharacterSet::inBothCases() const {
  CharacterSet result = *this;
  for (char16_t lower = u'a'; lower <= u'z'; ++lower) {
    const char16_t upper = toUpper(lower);
    if (holds(lower)) result.add({upper, upper});
    if (holds(upper)) result.add({lower, lower});
  }
  return result;
}

bool CharacterSet::holds(char16_t unit) const noexcept {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [unit](const Range& range) { return unit >= range.first && unit <= range.second; });
}

bool CharacterSet::holdsEitherCase(char16_t unit) const noexcept {
  return holds(toLower(unit)) || holds(toUpper(unit));
}

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
