#include "core/json_members.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

#include "core/nlohmann.hpp"
#include "core/plain_run.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {
namespace {
/// Walks over the tokens of valid JSON text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) { skipSpace(); }

  char front() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }

  /// Steps over one byte and the white space behind it.
  void step() noexcept {
    ++at_;
    skipSpace();
  }

  /// Takes one value, or one name.
  std::string_view value() noexcept {
    const std::size_t begin = at_;
    skipValue();
    const std::string_view result = text_.substr(begin, at_ - begin);
    skipSpace();
    return result;
  }

 private:
  static bool isSpace(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  static bool endsScalar(char c) noexcept { return c == ',' || c == '}' || c == ']' || isSpace(c); }

  void skipSpace() noexcept {
    while (at_ < text_.size() && isSpace(text_[at_])) ++at_;
  }

  void skipString() noexcept {
    for (++at_; at_ < text_.size(); ++at_) {
      at_ += plainRun(text_.substr(at_));
      if (at_ == text_.size() || text_[at_] == '"') break;
      if (text_[at_] == '\\') ++at_;
    }
    if (at_ < text_.size()) ++at_;
  }

  void skipContainer() noexcept {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        skipString();
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return;
    }
  }

  void skipValue() noexcept {
    if (front() == '"') return skipString();
    if (front() == '{' || front() == '[') return skipContainer();
    while (at_ < text_.size() && !endsScalar(text_[at_])) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Member> members(std::string_view text) {
  std::vector<Member> result;
  Cursor cursor(text);
  if (cursor.front() != '{') return result;
  // Enough for most objects, and little more than small ones need.
  constexpr std::size_t usualSize = 32;
  constexpr std::size_t usualCount = 32;
  result.reserve(std::min(text.size() / usualSize + 1, usualCount));
  cursor.step();
  while (cursor.front() == '"') {
    const std::string_view quoted = cursor.value();
    const std::string_view name = quoted.substr(1, quoted.size() - 2);
    cursor.step();
    result.push_back({cursor.value(), name, name.find('\\') != std::string_view::npos});
    if (cursor.front() == ',') cursor.step();
  }
  return result;
}

std::string Member::name() const { return toString({rawName.data() - 1, rawName.size() + 2}).value_or(""); }

std::string_view findMember(const std::vector<Member>& members, std::string_view name) {
  for (const Member& member : members) {
    if (member.isNamed(name)) return member.value;
  }
  return {};
}

std::vector<std::string_view> items(std::string_view text) {
  std::vector<std::string_view> result;
  Cursor cursor(text);
  if (cursor.front() != '[') return result;
  cursor.step();
  while (cursor.front() != ']' && cursor.front() != '\0') {
    result.push_back(cursor.value());
    if (cursor.front() == ',') cursor.step();
  }
  return result;
}

std::optional<std::string> toString(std::string_view text) {
  if (text.empty() || text.front() != '"') return std::nullopt;
  const std::string_view inner = text.substr(1, text.size() - 2);
  if (inner.find('\\') == std::string_view::npos) return std::string(inner);
  return nlohmann::json::parse(text.begin(), text.end()).get<std::string>();
}

std::optional<double> toDouble(std::string_view text) {
  if (text.empty() || (text.front() != '-' && !ascii::isDigit(text.front()))) return std::nullopt;
  return nlohmann::json::parse(text.begin(), text.end()).get<double>();
}

std::optional<std::int64_t> toInteger(std::string_view text) noexcept {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<bool> toBool(std::string_view text) noexcept {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

MemberReader::MemberReader(std::string_view text, std::string path) : members_(members(text)), path_(std::move(path)) {}

void MemberReader::read(std::string_view name, std::string& value) {
  const auto found = toString(find(name));
  require(found.has_value(), name, "a text");
  value = found.value_or("");
}

void MemberReader::read(std::string_view name, std::int64_t& value) {
  const auto found = toInteger(find(name));
  require(found.has_value(), name, "an integer");
  value = found.value_or(0);
}

void MemberReader::readObject(std::string_view name, Json& value) {
  read(name, value);
  require(value.isObject(), name, "an object");
}

void MemberReader::read(std::string_view name, std::optional<std::string>& value) {
  const std::string_view text = find(name);
  value = toString(text);
  require(text.empty() || value, name, "a text or null");
}

void MemberReader::read(std::string_view name, std::optional<std::int64_t>& value) {
  const std::string_view text = find(name);
  value = toInteger(text);
  require(text.empty() || value, name, "an integer or null");
}

void MemberReader::read(std::string_view name, Json& value) const {
  const std::string_view text = find(name);
  value = text.empty() ? Json() : Json::parse(text);
}

std::string_view MemberReader::find(std::string_view name) const {
  const std::string_view value = findMember(members_, name);
  return value == "null" ? std::string_view() : value;
}

void MemberReader::require(bool holds, std::string_view name, std::string_view expected) {
  if (holds || problem_) return;
  problem_ = "\"" + path_ + std::string(name) + "\" is not " + std::string(expected);
}

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
