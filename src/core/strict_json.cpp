#include "core/strict_json.hpp"

#include <algorithm>
#include <list>
#include <string>
#include <vector>

#include "core/json_members.hpp"
#include "core/nlohmann.hpp"
#include "core/plain_run.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {
namespace {

/// Numbers of fewer characters and without an exponent are within a double's range.
constexpr std::size_t surelyFinite = 300;

bool hasDuplicate(std::vector<std::string_view>::iterator first, std::vector<std::string_view>::iterator last) {
  constexpr auto few = 32;
  if (last - first > few) {
    std::sort(first, last);
    return std::adjacent_find(first, last) != last;
  }
  for (; first != last; ++first) {
    const auto isSame = [first](std::string_view name) { return ascii::equals(name, *first); };
    if (std::any_of(first + 1, last, isSame)) return true;
  }
  return false;
}

/// Reads the text once, from the front. What reads something returns false at the first flaw.
class Checker {
 public:
  Checker(std::string_view text, int maxDepth) : text_(text), depthLeft_(maxDepth) {}

  std::optional<Flaw> check() {
    skipSpace();
    if (!value()) return Flaw{problem_, at_};
    skipSpace();
    if (at_ != text_.size()) return Flaw{problem_, at_};
    return std::nullopt;
  }

 private:
  char front() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) noexcept {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void skipSpace() noexcept {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
      ++at_;
    }
  }

  bool fail(const char* problem) noexcept {
    problem_ = problem;
    return false;
  }

  bool value() {
    switch (front()) {
      case '{':
        return container(&Checker::member, '}');
      case '[':
        return container(&Checker::value, ']');
      case '"':
        return string();
      case 't':
        return literal("true");
      case 'f':
        return literal("false");
      case 'n':
        return literal("null");
      default:
        return number();
    }
  }

  bool container(bool (Checker::*element)(), char end) {
    if (depthLeft_ == 0) return fail("nested too deeply");
    --depthLeft_;
    const std::size_t outerNames = names_.size();
    ++at_;
    skipSpace();
    if (!take(end)) {
      do {
        skipSpace();
        if (!(this->*element)()) return false;
        skipSpace();
      } while (take(','));
      if (!take(end)) return false;
    }
    ++depthLeft_;
    const auto names = names_.begin() + static_cast<std::ptrdiff_t>(outerNames);
    if (hasDuplicate(names, names_.end())) return fail("duplicate member name");
    names_.resize(outerNames);
    return true;
  }

  bool member() {
    const std::size_t begin = at_;
    if (front() != '"' || !string()) return false;
    addName(text_.substr(begin, at_ - begin));
    skipSpace();
    if (!take(':')) return false;
    skipSpace();
    return value();
  }

  void addName(std::string_view quoted) {
    std::string_view name = quoted.substr(1, quoted.size() - 2);
    if (name.find('\\') != std::string_view::npos) name = unescaped_.emplace_back(*toString(quoted));
    names_.push_back(name);
  }

  bool literal(std::string_view word) noexcept {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool digits() noexcept {
    const std::size_t begin = at_;
    while (ascii::isDigit(front())) ++at_;
    return at_ != begin;
  }

  bool number() {
    const std::size_t begin = at_;
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    const bool hasExponent = take('e') || take('E');
    if (hasExponent) {
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    const std::string_view text = text_.substr(begin, at_ - begin);
    return (!hasExponent && text.size() < surelyFinite) || nlohmann::json::accept(text);
  }

  bool string() {
    ++at_;
    for (;;) {
      at_ += plainRun(text_.substr(at_));
      const char c = front();
      if (c == '"') break;
      if (c == '\\') {
        if (!escape()) return false;
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        const utf8::Sequence sequence = utf8::readSequence(text_.substr(at_));
        if (!sequence.valid) return fail("malformed UTF-8");
        at_ += sequence.length;
      } else {
        return false;
      }
    }
    ++at_;
    return true;
  }

  bool escape() noexcept {
    ++at_;
    if (!take('u')) {
      if (std::string_view("\"\\/bfnrt").find(front()) == std::string_view::npos) return false;
      ++at_;
      return true;
    }
    const int unit = hexUnit();
    if (unit < 0 || isTrailing(unit)) return false;
    if (!isLeading(unit)) return true;
    return take('\\') && take('u') && isTrailing(hexUnit());
  }

  static bool isLeading(int unit) noexcept { return unit >= 0xD800 && unit <= 0xDBFF; }
  static bool isTrailing(int unit) noexcept { return unit >= 0xDC00 && unit <= 0xDFFF; }

  /// Four hexadecimal digits; -1 when there are others.
  int hexUnit() noexcept {
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
      const int digit = ascii::hexDigit(front());
      if (digit < 0) return -1;
      unit = unit * 16 + digit;
      ++at_;
    }
    return unit;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depthLeft_;
  const char* problem_ = "not valid JSON";
  /// The names of the members of all objects that are open now.
  std::vector<std::string_view> names_;
  /// Owns those that were escaped.
  std::list<std::string> unescaped_;
};

}  // namespace

std::optional<Flaw> findFlaw(std::string_view text, int maxDepth) { return Checker(text, maxDepth).check(); }

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
