#include "clerk/route_pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

#include "clerk/route_expression.hpp"
#include "clerk/route_program.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

/// A part of a pattern: literal text, a parameter or a group.
struct Piece {
  std::size_t offset = 0;
  bool isText = false;
  /// The literal text; for a parameter the prefix that is repeated or omitted with it.
  std::u16string prefix = {};
  std::u16string suffix = {};
  bool named = false;
  /// The begin and the end of the expression, if there is one.
  std::optional<std::pair<std::size_t, std::size_t>> expression = {};
  /// Whether it is a name without an expression, which matches a part of one segment, ...
  bool isSegment = false;
  /// ... up to this text, unless it is empty.
  std::u16string separator = {};
  /// The modifier: `*`, `+`, `?` or U+0000.
  char16_t modifier = u'\0';
};

constexpr std::u16string_view modifiers = u"*+?";
constexpr std::u16string_view special = u"*+?\\{}:(";
constexpr std::u16string_view delimiters = u"/#?";

bool isIn(char16_t unit, std::u16string_view units) { return units.find(unit) != std::u16string_view::npos; }

class Parser {
 public:
  explicit Parser(const PatternText& pattern) : pattern_(pattern) {}

  std::vector<Piece> parse() {
    while (at_ < pattern_.size()) takePiece();
    endText();
    return std::move(pieces_);
  }

 private:
  bool isNext(char16_t unit) const noexcept { return at_ < pattern_.size() && pattern_.at(at_) == unit; }
  bool isCharacterNext() const noexcept { return at_ < pattern_.size() && !isIn(pattern_.at(at_), special); }

  void takePiece() {
    const std::size_t start = at_;
    if (isNext(u'{')) return takeGroup();
    if (isNext(u':') || isNext(u'(')) return takeParameter({});
    if (!isCharacterNext() && !isNext(u'\\')) {
      pattern_.refuse(start, isNext(u'}') ? "a } without a {" : "nothing to repeat: * + ? must follow a parameter");
    }
    const bool mayBePrefix = isNext(u'/') || isNext(u'.');
    const char16_t unit = takeCharacter();
    const bool parameterFollows = isNext(u':') || isNext(u'(');
    if (mayBePrefix && parameterFollows) return takeParameter(std::u16string(1, unit));
    if (text_.empty()) textOffset_ = start;
    text_ += unit;
  }

  /// Reads one character of the text, escaped or not.
  char16_t takeCharacter() {
    if (isNext(u'\\') && ++at_ == pattern_.size()) pattern_.refuse(at_ - 1, "a backslash at the end");
    return pattern_.at(at_++);
  }

  void endText() {
    if (text_.empty()) return;
    Piece piece;
    piece.offset = textOffset_;
    piece.isText = true;
    piece.prefix = std::move(text_);
    pieces_.push_back(std::move(piece));
    text_.clear();
  }

  void takeParameter(std::u16string prefix) {
    endText();
    Piece piece;
    piece.offset = at_;
    piece.prefix = std::move(prefix);
    takeNameAndExpression(piece);
    piece.modifier = takeModifier();
    pieces_.push_back(std::move(piece));
  }

  void takeGroup() {
    endText();
    Piece piece;
    piece.offset = at_++;
    piece.prefix = takeText();
    takeNameAndExpression(piece);
    piece.suffix = takeText();
    if (!isNext(u'}')) pattern_.refuse(at_, "this does not belong in { }, or a } is missing");
    ++at_;
    piece.modifier = takeModifier();
    pieces_.push_back(std::move(piece));
  }

  std::u16string takeText() {
    std::u16string text;
    while (isCharacterNext() || isNext(u'\\')) text += takeCharacter();
    return text;
  }

  char16_t takeModifier() {
    return at_ < pattern_.size() && isIn(pattern_.at(at_), modifiers) ? pattern_.at(at_++) : u'\0';
  }

  void takeNameAndExpression(Piece& piece) {
    if (isNext(u':')) {
      takeName();
      piece.named = true;
    }
    if (isNext(u'(')) {
      piece.expression = takeExpression();
    } else if (piece.named) {
      piece.isSegment = true;
      piece.separator = separatorOf(piece);
    }
  }

  void takeName() {
    const std::size_t start = at_++;
    while (at_ < pattern_.size() && pattern_.at(at_) < 0x80 &&
           CharacterSet::wordCharacters().contains(pattern_.at(at_))) {
      ++at_;
    }
    if (at_ == start + 1) pattern_.refuse(start, "a : without a name");
  }

  /// Counts parentheses as path-to-regexp does, including those in classes.
  std::pair<std::size_t, std::size_t> takeExpression() {
    const std::size_t start = at_++;
    if (isNext(u'?')) pattern_.refuse(at_, "an expression must not begin with ?");
    for (int depth = 1; depth > 0; ++at_) {
      if (at_ >= pattern_.size()) pattern_.refuse(start, "a ( without a )");
      const char16_t unit = pattern_.at(at_);
      if (unit == u'\\') ++at_;
      if (unit == u')') --depth;
      if (unit == u'(' && pattern_.at(at_ + 1) != u'?') pattern_.refuse(at_, "groups must begin with (?:");
      if (unit == u'(') ++depth;
    }
    if (at_ == start + 2) pattern_.refuse(start, "an empty expression");
    return {start + 1, at_ - 1};
  }

  /// The text that ends a parameter without an expression: the text before it, unless a delimiter ends it anyway.
  std::u16string separatorOf(const Piece& piece) const {
    std::u16string separator = piece.prefix;
    if (separator.empty() && !pieces_.empty()) {
      if (!pieces_.back().isText) pattern_.refuse(piece.offset, "two parameters need text between them");
      separator = pieces_.back().prefix;
    }
    if (separator.find_first_of(delimiters) != std::u16string::npos) return {};
    // Otherwise its other case would have to end the parameter, too.
    const bool ascii = std::all_of(separator.begin(), separator.end(), [](char16_t unit) { return unit < 0x80; });
    if (!ascii) pattern_.refuse(piece.offset, "text between two parameters must be ASCII");
    return separator;
  }

  const PatternText& pattern_;
  std::size_t at_ = 0;
  std::u16string text_;
  std::size_t textOffset_ = 0;
  std::vector<Piece> pieces_;
};

/// Throws `std::invalid_argument` for patterns that path-to-regexp rejects, and for a trailing backslash.
std::vector<Piece> parsePattern(const PatternText& pattern) { return Parser(pattern).parse(); }

Code takeText(std::u16string_view text) {
  Code code;
  for (const char16_t unit : text) code = sequence(std::move(code), takeUnit(unit));
  return code;
}

Code oneOrMore(const Code& part) { return sequence(part, anyNumber(part)); }

class PatternCompiler {
 public:
  explicit PatternCompiler(const PatternText& pattern) : pattern_(pattern) {}

  Program compile() {
    const std::vector<Piece> pieces = parsePattern(pattern_);
    if (pieces.empty()) pattern_.refuse(0, "it is empty");
    if (pieces.front().isText && pieces.front().prefix.front() != u'/') pattern_.refuse(0, "it must begin with /");
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      append(endsAsSubtree(pieces, i) ? subtree() : codeOf(pieces[i]), pieces[i].offset);
    }
    append(optional(takeUnit(u'/')), pattern_.size());
    return std::move(program_);
  }

 private:
  void append(const Code& code, std::size_t offset) {
    program_.code = sequence(std::move(program_.code), code);
    if (program_.code.size() > maxProgramSize) pattern_.refuse(offset, "this is too complex");
  }

  /// Whether it is a `(.*)` at the end of the pattern that directly follows a segment, as in `/docs(.*)`.
  bool endsAsSubtree(const std::vector<Piece>& pieces, std::size_t index) const {
    const Piece& piece = pieces[index];
    const bool last = index > 0 && index + 1 == pieces.size();
    const bool once = piece.modifier == u'\0' || piece.modifier == u'?';
    const bool alone = !piece.named && piece.prefix.empty() && piece.suffix.empty();
    if (!last || !once || !alone || !piece.expression || expressionOf(piece) != u".*") return false;
    const Piece& before = pieces[index - 1];
    return !before.isText || before.prefix.back() != u'/';
  }

  std::u16string_view expressionOf(const Piece& piece) const {
    return pattern_.units().substr(piece.expression->first, piece.expression->second - piece.expression->first);
  }

  Code subtree() {
    const Code rest = anyNumber(takeOneOf(CharacterSet::anyButLineEnds(), program_));
    return optional(sequence(takeUnit(u'/'), rest));
  }

  Code codeOf(const Piece& piece) {
    if (piece.isText) return takeText(piece.prefix);
    const Code before = takeText(piece.prefix);
    const Code after = takeText(piece.suffix);
    if (!piece.expression && !piece.isSegment) return modified(sequence(before, after), piece.modifier);
    const Code inner = innerCodeOf(piece);
    const Code whole = sequence(sequence(before, inner), after);
    if (piece.modifier != u'*' && piece.modifier != u'+') return modified(whole, piece.modifier);
    if (before.empty() && after.empty()) pattern_.refuse(piece.offset, "it cannot be repeated without text around it");
    const Code next = sequence(sequence(after, before), inner);
    const Code repeated = sequence(sequence(sequence(before, inner), anyNumber(next)), after);
    return piece.modifier == u'*' ? optional(repeated) : repeated;
  }

  Code innerCodeOf(const Piece& piece) {
    if (piece.expression) {
      return compileExpression(pattern_, piece.expression->first, piece.expression->second, program_);
    }
    Code unit = takeOneOf(CharacterSet::segmentCharacters(), program_);
    if (!piece.separator.empty()) {
      program_.texts.push_back(piece.separator);
      const auto number = static_cast<std::ptrdiff_t>(program_.texts.size() - 1);
      unit = sequence({{Instruction::Kind::unless, u'\0', number}}, unit);
    }
    return oneOrMore(unit);
  }

  static Code modified(const Code& code, char16_t modifier) {
    switch (modifier) {
      case u'?':
        return optional(code);
      case u'*':
        return anyNumber(code);
      case u'+':
        return oneOrMore(code);
      default:
        return code;
    }
  }

  const PatternText& pattern_;
  Program program_;
};

}  // namespace

RoutePattern::RoutePattern(std::string_view pattern, bool caseSensitive)
    : program_(PatternCompiler(PatternText(pattern)).compile()) {
  program_.caseSensitive = caseSensitive;
}

bool RoutePattern::matches(const RoutePath& path) const {
  return program_.matches(path.cautious) && (path.cautious == path.decoded || program_.matches(path.decoded));
}

RoutePatterns::RoutePatterns(const std::vector<std::string>& patterns, bool caseSensitive) {
  if (patterns.size() > maxCount) throw std::invalid_argument("there are more than 500 route patterns");
  patterns_.reserve(patterns.size());
  for (const std::string& pattern : patterns) patterns_.emplace_back(pattern, caseSensitive);
}

bool RoutePatterns::match(const RoutePath& path) const {
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [&path](const RoutePattern& pattern) { return pattern.matches(path); });
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
