#include <liveblocks/room_query.hpp>

#include <stdexcept>
#include <utility>

#include <liveblocks/core/json.hpp>

#include "arguments.hpp"
#include "core/text.hpp"
#include "query_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// Parsers of the language read `\n`, `\r` and `\t` as control characters everywhere, also after another backslash, and
/// drop the backslash of any other escape. So other control characters, and a backslash before one of these letters,
/// cannot be expressed.
bool canBeExpressed(std::string_view text) noexcept {
  constexpr std::string_view letters = "nrt";
  char previous = '\0';
  for (const char c : text) {
    const bool isEscape = c == '\n' || c == '\r' || c == '\t';
    if (static_cast<unsigned char>(c) < 0x20 && !isEscape) return false;
    if (previous == '\\' && letters.find(c) != std::string_view::npos) return false;
    previous = c;
  }
  return true;
}

void requireExpressible(std::string_view field, std::string_view text) {
  detail::requireUtf8(field, text);
  if (canBeExpressed(text)) return;
  throw std::invalid_argument("Invalid value for field '" + std::string(field) +
                              "'. The query language cannot express control characters, nor a backslash before n, "
                              "r or t.");
}

}  // namespace

namespace detail {

const char* problemInQuery(std::string_view text) noexcept {
  if (!utf8::isValid(text)) return "is not valid UTF-8";
  if (canBeExpressed(text)) return nullptr;
  return "has a control character, or a backslash before n, r or t, which the query language cannot express";
}

std::string quotedForQuery(std::string_view text) {
  std::string json = Json(text).text();
  if (json.find('\'') != std::string::npos) return json;
  const std::string_view inner = std::string_view(json).substr(1, json.size() - 2);
  std::string quoted = "'";
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner.substr(i, 2) != "\\\"") quoted += inner[i];
  }
  return quoted += '\'';
}

}  // namespace detail

RoomQuery RoomQuery::fromText(std::string_view text) {
  detail::requireUtf8("query", text);
  RoomQuery query;
  query.text_ = text;
  return query;
}

RoomQuery& RoomQuery::roomIdStartsWith(std::string_view prefix) & {
  requireExpressible("roomId", prefix);
  if (prefix.empty()) {
    throw std::invalid_argument("Invalid value for field 'roomId'. Please provide a non-empty string.");
  }
  add("roomId^" + detail::quotedForQuery(prefix));
  return *this;
}

RoomQuery RoomQuery::roomIdStartsWith(std::string_view prefix) && {
  roomIdStartsWith(prefix);
  return std::move(*this);
}

RoomQuery& RoomQuery::metadata(std::string_view key, std::string_view value) & {
  requireExpressible("metadata key", key);
  requireExpressible("metadata value", value);
  if (utf8::trim(key).empty()) {
    throw std::invalid_argument(
        "Invalid value for field 'metadata key'. Please provide a string that is not only white space.");
  }
  add("metadata[" + detail::quotedForQuery(key) + "]:" + detail::quotedForQuery(value));
  return *this;
}

RoomQuery RoomQuery::metadata(std::string_view key, std::string_view value) && {
  metadata(key, value);
  return std::move(*this);
}

const std::string& RoomQuery::text() const noexcept { return text_; }

void RoomQuery::add(std::string_view clause) {
  if (!text_.empty()) text_ += ' ';
  text_ += clause;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
