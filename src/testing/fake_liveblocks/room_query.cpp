#include "testing/fake_liveblocks/room_query.hpp"

#include <algorithm>
#include <optional>

#include "core/ascii.hpp"
#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

namespace {

char unescaped(char c) noexcept {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) { skipBlanks(); }

  bool atEnd() const noexcept { return position_ == text_.size(); }

  bool take(char symbol) noexcept {
    if (atEnd() || text_[position_] != symbol) return false;
    ++position_;
    skipBlanks();
    return true;
  }

  bool takeWord(std::string_view word) noexcept {
    std::size_t end = position_;
    while (end < text_.size() && (ascii::isAlnum(text_[end]) || text_[end] == '_')) ++end;
    if (text_.substr(position_, end - position_) != word) return false;
    position_ = end;
    skipBlanks();
    return true;
  }

  std::optional<std::string> takeString() {
    if (atEnd() || (text_[position_] != '\'' && text_[position_] != '"')) return std::nullopt;
    const char quote = text_[position_];
    std::string value;
    for (std::size_t i = position_ + 1; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == quote) {
        position_ = i + 1;
        skipBlanks();
        return value;
      }
      const bool escapes = text_[i] == '\\' && i + 1 < text_.size();
      value.push_back(escapes ? unescaped(text_[++i]) : text_[i]);
    }
    return std::nullopt;
  }

 private:
  void skipBlanks() noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    position_ = std::min(text_.find_first_not_of(blanks, position_), text_.size());
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

std::optional<Clause> takeIdClause(Reader& reader) {
  const bool isPrefix = reader.take('^');
  if (!isPrefix && !reader.take(':')) return std::nullopt;
  auto value = reader.takeString();
  if (!value || (isPrefix && value->empty())) return std::nullopt;
  return Clause{isPrefix ? Clause::Kind::idStartsWith : Clause::Kind::idIs, {}, *std::move(value)};
}

std::optional<Clause> takeMetadataClause(Reader& reader) {
  if (!reader.take('[')) return std::nullopt;
  auto key = reader.takeString();
  if (!key || key->empty() || !reader.take(']') || !reader.take(':')) return std::nullopt;
  auto value = reader.takeString();
  if (!value) return std::nullopt;
  return Clause{Clause::Kind::metadataIs, *std::move(key), *std::move(value)};
}

std::optional<Clause> takeClause(Reader& reader) {
  if (reader.takeWord("roomId")) return takeIdClause(reader);
  if (reader.takeWord("metadata")) return takeMetadataClause(reader);
  return std::nullopt;
}

bool isOrHolds(const ordered_json& held, const std::string& value) {
  if (held.is_string()) return held == value;
  return std::find(held.begin(), held.end(), value) != held.end();
}

}  // namespace

bool Clause::holds(const ordered_json& room) const {
  if (kind == Kind::metadataIs) {
    const auto entry = room["metadata"].find(key);
    return entry != room["metadata"].end() && isOrHolds(*entry, value);
  }
  const auto& id = room["id"].get_ref<const std::string&>();
  return kind == Kind::idIs ? id == value : ascii::startsWith(id, value);
}

std::variant<std::vector<Clause>, std::string> readRoomQuery(std::string_view query) {
  Reader reader(query);
  std::vector<Clause> clauses;
  do {
    auto clause = takeClause(reader);
    if (!clause) return "Clause " + std::to_string(clauses.size() + 1) + " cannot be understood.";
    clauses.push_back(*std::move(clause));
    if ((reader.takeWord("AND") || reader.takeWord("and")) && reader.atEnd()) return "A clause is missing.";
  } while (!reader.atEnd());
  return clauses;
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
