#include "clerk/pattern_parser.hpp"

#include <algorithm>
#include <string_view>

#include "clerk/character_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {
namespace {

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

  /// One character of the text, escaped or not.
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
    while (at_ < pattern_.size() && pattern_.at(at_) < 0x80 && CharacterSet::wordCharacters().holds(pattern_.at(at_))) {
      ++at_;
    }
    if (at_ == start + 1) pattern_.refuse(start, "a : without a name");
  }

  /// Parentheses are counted as path-to-regexp does, those in classes, too.
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

  /// The text that ends a parameter without an expression: what is in front of it, unless a delimiter does that anyway.
  std::u16string separatorOf(const Piece& piece) const {
    std::u16string separator = piece.prefix;
    if (separator.empty() && !pieces_.empty()) {
      if (!pieces_.back().isText) pattern_.refuse(piece.offset, "two parameters need text between them");
      separator = pieces_.back().prefix;
    }
    if (separator.find_first_of(delimiters) != std::u16string::npos) return {};
    // Its other case would have to end the parameter, too.
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

}  // namespace

std::vector<Piece> parsePattern(const PatternText& pattern) { return Parser(pattern).parse(); }

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
