#include "clerk/route_pattern.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "clerk/expression.hpp"
#include "clerk/pattern_parser.hpp"
#include "clerk/pattern_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {
namespace {

Code takeText(std::u16string_view text) {
  Code code;
  for (const char16_t unit : text) code = sequence(std::move(code), takeUnit(unit));
  return code;
}

Code oneOrMore(const Code& part) { return sequence(part, anyNumber(part)); }

class Compiler {
 public:
  explicit Compiler(const PatternText& pattern) : pattern_(pattern) {}

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

  /// `(.*)` that ends a pattern right behind a segment, as in `/docs(.*)`.
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
    : program_(Compiler(PatternText(pattern)).compile()) {
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

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
