#include "clerk/route_expression.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

PatternText::PatternText(std::string_view text) : text_(text) {
  if (text.size() > maxSize) refuse(maxSize, "it is longer than 1024 bytes");
  std::optional<std::u16string> units = utf8::toUtf16(text);
  if (!units) refuse(0, "it is not UTF-8");
  units_ = std::move(*units);
  const auto nul = units_.find(u'\0');
  if (nul != std::u16string::npos) refuse(nul, "it contains a NUL");
}

void PatternText::refuse(std::size_t offset, const char* why) const {
  throw std::invalid_argument("cannot read the route pattern \"" + utf8::printable(text_, 200) + "\" at offset " +
                              std::to_string(offset) + ": " + why);
}

namespace {

constexpr bool isAsciiAlnum(char16_t unit) noexcept { return unit < 0x80 && ascii::isAlnum(static_cast<char>(unit)); }

constexpr bool isDigit(char16_t unit) noexcept { return unit >= u'0' && unit <= u'9'; }

/// The set of `\d` and similar escapes.
std::optional<CharacterSet> namedSet(char16_t letter) {
  switch (letter) {
    case u'd':
      return CharacterSet::digits();
    case u'D':
      return CharacterSet::digits().complement();
    case u'w':
      return CharacterSet::wordCharacters();
    case u'W':
      return CharacterSet::wordCharacters().complement();
    case u's':
      return CharacterSet::whiteSpace();
    case u'S':
      return CharacterSet::whiteSpace().complement();
    default:
      return std::nullopt;
  }
}

class ExpressionCompiler {
 public:
  ExpressionCompiler(const PatternText& pattern, std::size_t begin, std::size_t end, Program& program)
      : pattern_(pattern), at_(begin), end_(end), program_(program), levels_(1) {}

  Code compile() {
    while (at_ < end_) takeNext();
    if (levels_.size() > 1) pattern_.refuse(levels_.back().start, "a ( without a )");
    return codeOf(levels_.back());
  }

 private:
  /// The expression itself, or an open group in it.
  struct Level {
    std::size_t start = 0;
    /// The alternatives before the last one.
    std::optional<Code> alternatives = {};
    Code last = {};
  };

  struct Bounds {
    std::size_t min;
    /// nullopt for any number.
    std::optional<std::size_t> max;
  };

  /// A character of a class, or a named set.
  struct ClassMember {
    char16_t unit = u'\0';
    std::optional<CharacterSet> set = {};
  };

  char16_t current() const noexcept { return at_ < end_ ? pattern_.at(at_) : u'\0'; }

  bool take(char16_t unit) noexcept {
    const bool there = at_ < end_ && current() == unit;
    if (there) ++at_;
    return there;
  }

  Code checked(Code code) const {
    if (code.size() > maxProgramSize) pattern_.refuse(at_, "this is too complex");
    return code;
  }

  void takeNext() {
    if (take(u'|')) return startAlternative();
    if (take(u'(')) return openGroup();
    const Code part = current() == u')' ? closeGroup() : atom();
    Code& last = levels_.back().last;
    last = checked(sequence(std::move(last), quantified(part)));
  }

  void startAlternative() {
    Level& level = levels_.back();
    level.alternatives = checked(codeOf(level));
    level.last.clear();
  }

  void openGroup() {
    const std::size_t start = at_ - 1;
    if (!take(u'?') || !take(u':')) pattern_.refuse(start, "only groups that begin with (?: are supported");
    levels_.push_back({start});
  }

  Code closeGroup() {
    if (levels_.size() == 1) pattern_.refuse(at_, "a ) without a (");
    ++at_;
    Code code = codeOf(levels_.back());
    levels_.pop_back();
    return code;
  }

  static Code codeOf(const Level& level) {
    return level.alternatives ? either(*level.alternatives, level.last) : level.last;
  }

  Code quantified(const Code& part) {
    const std::optional<Bounds> bounds = takeQuantifier();
    if (!bounds) return part;
    take(u'?');  // Lazy or not, the same paths match.
    return repeat(part, *bounds);
  }

  Code atom() {
    const std::size_t start = at_;
    const char16_t unit = pattern_.at(at_++);
    switch (unit) {
      case u'.':
        return takeOneOf(CharacterSet::anyButLineEnds(), program_);
      case u'[':
        return takeOneOf(takeClass(), program_);
      case u'\\': {
        std::optional<CharacterSet> set = namedSet(current());
        if (!set) return takeUnit(takeEscaped());
        ++at_;
        return takeOneOf(std::move(*set), program_);
      }
      default:
        if (std::u16string_view(u"^$*+?{}]").find(unit) != std::u16string_view::npos) {
          pattern_.refuse(start, "this character must be escaped here; anchors are not supported");
        }
        return takeUnit(unit);
    }
  }

  /// Reads what follows the backslash.
  char16_t takeEscaped() {
    if (at_ == end_ || isAsciiAlnum(current())) pattern_.refuse(at_, "this escape is not supported");
    return pattern_.at(at_++);
  }

  /// Reads what follows the bracket. As in JavaScript, except that `[]` and `[^]` are rejected.
  CharacterSet takeClass() {
    const std::size_t start = at_ - 1;
    const bool negated = take(u'^');
    if (current() == u']') pattern_.refuse(start, "an empty class");
    CharacterSet set;
    while (!take(u']')) {
      if (at_ == end_) pattern_.refuse(start, "a [ without a ]");
      takeClassMembers(set, negated);
    }
    return negated ? set.inBothCases().complement() : set;
  }

  /// Reads a character or a range. As in JavaScript, a `-` next to a named set is a character.
  void takeClassMembers(CharacterSet& set, bool negated) {
    const std::size_t start = at_;
    const ClassMember first = takeClassMember(negated);
    const bool range = current() == u'-' && at_ + 1 < end_ && pattern_.at(at_ + 1) != u']';
    if (!range) return add(set, first);
    ++at_;
    const ClassMember last = takeClassMember(negated);
    if (first.set || last.set) {
      add(set, first);
      add(set, {u'-', std::nullopt});
      return add(set, last);
    }
    if (first.unit > last.unit) pattern_.refuse(start, "a range that ends before it begins");
    set.add({first.unit, last.unit});
  }

  ClassMember takeClassMember(bool negated) {
    if (at_ == end_) pattern_.refuse(at_, "a [ without a ]");
    const std::size_t start = at_;
    char16_t unit = pattern_.at(at_++);
    if (unit == u'\\') {
      if (std::optional<CharacterSet> set = namedSet(current())) {
        ++at_;
        return {u'\0', std::move(set)};
      }
      unit = takeEscaped();
    }
    // Otherwise their other cases would have to be excluded, too.
    if (negated && unit >= 0x80) pattern_.refuse(start, "only ASCII can be excluded");
    return {unit, std::nullopt};
  }

  static void add(CharacterSet& set, const ClassMember& member) {
    if (member.set) {
      set.add(*member.set);
    } else {
      set.add({member.unit, member.unit});
    }
  }

  std::optional<Bounds> takeQuantifier() {
    if (take(u'*')) return Bounds{0, std::nullopt};
    if (take(u'+')) return Bounds{1, std::nullopt};
    if (take(u'?')) return Bounds{0, 1};
    return take(u'{') ? std::optional(takeBounds()) : std::nullopt;
  }

  /// Reads what follows the brace.
  Bounds takeBounds() {
    const std::size_t start = at_ - 1;
    std::optional<std::size_t> min = takeNumber();
    std::optional<std::size_t> max = min;
    if (take(u',')) max = current() == u'}' ? std::nullopt : takeNumber();
    if (!min || !take(u'}') || (max && *max < *min)) pattern_.refuse(start, "not a number of repetitions");
    return {*min, max};
  }

  std::optional<std::size_t> takeNumber() {
    const std::size_t start = at_;
    std::size_t number = 0;
    while (isDigit(current())) {
      number = number * 10 + (pattern_.at(at_++) - u'0');
      if (number > maxProgramSize) pattern_.refuse(start, "too many repetitions");
    }
    return at_ == start ? std::nullopt : std::optional(number);
  }

  Code repeat(const Code& part, Bounds bounds) const {
    const std::size_t optionals = bounds.max ? (*bounds.max - bounds.min) * (part.size() + 1) : part.size() + 2;
    if (bounds.min * part.size() + optionals > maxProgramSize) pattern_.refuse(at_, "this is too complex");
    Code code;
    for (std::size_t i = 0; i < bounds.min; ++i) code = sequence(std::move(code), part);
    if (!bounds.max) return sequence(std::move(code), anyNumber(part));
    Code rest;
    for (std::size_t i = bounds.min; i < *bounds.max; ++i) rest = optional(sequence(part, rest));
    return sequence(std::move(code), rest);
  }

  const PatternText& pattern_;
  std::size_t at_;
  std::size_t end_;
  Program& program_;
  std::vector<Level> levels_;
};

}  // namespace

Code compileExpression(const PatternText& pattern, std::size_t begin, std::size_t end, Program& program) {
  return ExpressionCompiler(pattern, begin, end, program).compile();
}

Code takeUnit(char16_t unit) { return {{Instruction::Kind::unit, unit}}; }

Code takeOneOf(CharacterSet set, Program& program) {
  program.sets.push_back(std::move(set));
  return {{Instruction::Kind::set, u'\0', static_cast<std::ptrdiff_t>(program.sets.size() - 1)}};
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
