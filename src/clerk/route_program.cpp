#include "clerk/route_program.hpp"

#include <algorithm>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
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
    if (contains(lower)) result.add({upper, upper});
    if (contains(upper)) result.add({lower, lower});
  }
  return result;
}

bool CharacterSet::contains(char16_t unit) const noexcept {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [unit](const Range& range) { return unit >= range.first && unit <= range.second; });
}

bool CharacterSet::containsEitherCase(char16_t unit) const noexcept {
  return contains(toLower(unit)) || contains(toUpper(unit));
}

namespace {

using Kind = Instruction::Kind;

Instruction go(std::ptrdiff_t offset) { return {Kind::jump, 0, offset, 0}; }

Instruction split(std::ptrdiff_t first, std::ptrdiff_t second) { return {Kind::split, 0, first, second}; }

std::ptrdiff_t sizeOf(const Code& code) { return static_cast<std::ptrdiff_t>(code.size()); }

bool equalIgnoringCase(std::u16string_view a, std::u16string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char16_t x, char16_t y) { return toLower(x) == toLower(y); });
}

/// One run of a program over a text. The states of the automaton are the instructions that consume a code unit.
class Run {
 public:
  Run(const Program& program, std::u16string_view text)
      : program_(program), text_(text), seenAt_(program.code.size(), notYet) {}

  bool matches() {
    enter(0);
    while (position_ < text_.size() && !states_.empty()) take(text_[position_++]);
    return position_ == text_.size() && ended_;
  }

 private:
  static constexpr std::size_t notYet = static_cast<std::size_t>(-1);

  void take(char16_t unit) {
    before_.clear();
    before_.swap(states_);
    ended_ = false;
    for (const std::size_t state : before_) {
      if (takes(program_.code[state], unit)) enter(state + 1);
    }
  }

  bool takes(const Instruction& instruction, char16_t unit) const {
    if (instruction.kind == Kind::unit) {
      return instruction.unit == unit || (!program_.caseSensitive && toLower(instruction.unit) == toLower(unit));
    }
    const CharacterSet& set = program_.sets[static_cast<std::size_t>(instruction.first)];
    return program_.caseSensitive ? set.contains(unit) : set.containsEitherCase(unit);
  }

  /// Follows jumps from an instruction to all instructions that consume a code unit.
  void enter(std::size_t start) {
    pending_.push_back(start);
    while (!pending_.empty()) {
      const std::size_t at = pending_.back();
      pending_.pop_back();
      if (at == program_.code.size()) {
        ended_ = true;
      } else if (seenAt_[at] != position_) {
        seenAt_[at] = position_;
        follow(at);
      }
    }
  }

  void follow(std::size_t at) {
    const Instruction& instruction = program_.code[at];
    const auto further = [at](std::ptrdiff_t offset) { return at + static_cast<std::size_t>(offset); };
    switch (instruction.kind) {
      case Kind::unit:
      case Kind::set:
        states_.push_back(at);
        break;
      case Kind::split:
        pending_.push_back(further(instruction.second));
        [[fallthrough]];
      case Kind::jump:
        pending_.push_back(further(instruction.first));
        break;
      case Kind::unless:
        if (!followed(program_.texts[static_cast<std::size_t>(instruction.first)])) pending_.push_back(at + 1);
        break;
    }
  }

  bool followed(std::u16string_view by) const { return equalIgnoringCase(text_.substr(position_, by.size()), by); }

  const Program& program_;
  std::u16string_view text_;
  std::size_t position_ = 0;
  bool ended_ = false;
  std::vector<std::size_t> states_;
  std::vector<std::size_t> before_;
  std::vector<std::size_t> pending_;
  /// For each instruction, the position at which it was entered last.
  std::vector<std::size_t> seenAt_;
};

}  // namespace

Code sequence(Code first, const Code& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Code either(const Code& first, const Code& second) {
  Code result{split(1, sizeOf(first) + 2)};
  result = sequence(std::move(result), first);
  result.push_back(go(sizeOf(second) + 1));
  return sequence(std::move(result), second);
}

Code optional(const Code& part) { return sequence({split(1, sizeOf(part) + 1)}, part); }

Code anyNumber(const Code& part) {
  Code result = sequence({split(1, sizeOf(part) + 2)}, part);
  result.push_back(go(-sizeOf(part) - 1));
  return result;
}

bool Program::matches(std::u16string_view text) const { return Run(*this, text).matches(); }

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
