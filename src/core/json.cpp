#include <liveblocks/core/json.hpp>

#include <cmath>
#include <stdexcept>

#include "core/json_members.hpp"
#include "core/json_writer.hpp"
#include "core/nlohmann.hpp"
#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

std::string quote(std::string_view text) {
  if (json::detail::isPlain(text)) return std::string(1, '"').append(text).append(1, '"');
  try {
    return nlohmann::json(text).dump();
  } catch (const nlohmann::json::exception&) {
    throw std::invalid_argument("a JSON string must be valid UTF-8");
  }
}

/// Removes the white space between tokens of valid JSON text.
std::string compact(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool inString = false;
  bool escaped = false;
  for (const char c : text) {
    if (!inString && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    result.push_back(c);
    if (c == '"' && !escaped) inString = !inString;
    escaped = c == '\\' && !escaped;
  }
  return result;
}

}  // namespace

Json::Json(Trusted, std::string text) : text_(std::move(text)) {}

Json::Json(std::nullptr_t) : text_("null") {}

Json::Json(const char* text)
    : text_(text != nullptr ? quote(text) : throw std::invalid_argument("a JSON string must not be a null pointer")) {}

Json::Json(std::string_view text) : text_(quote(text)) {}

Json::Json(const std::string& text) : text_(quote(text)) {}

Json Json::parse(std::string_view text) {
  if (const auto flaw = json::findFlaw(text, maxDepth)) {
    throw std::invalid_argument(std::string("bad JSON text: ") + flaw->problem + " at byte " +
                                std::to_string(flaw->position));
  }
  return {Trusted{}, compact(text)};
}

Json Json::object(std::initializer_list<std::pair<std::string_view, Json>> members) {
  json::ObjectWriter object;
  for (const auto& [name, value] : members) object.addJson(name, value.text());
  return parse(object.finish());
}

Json Json::array(std::initializer_list<Json> items) {
  json::ArrayWriter array;
  for (const Json& item : items) array.addJson(item.text());
  return parse(array.finish());
}

Json::Type Json::type() const noexcept {
  switch (text_.empty() ? 'n' : text_.front()) {
    case 'n':
      return Type::null;
    case 't':
    case 'f':
      return Type::boolean;
    case '"':
      return Type::string;
    case '[':
      return Type::array;
    case '{':
      return Type::object;
    default:
      return Type::number;
  }
}

std::optional<bool> Json::asBoolean() const noexcept { return json::toBool(text_); }

std::optional<double> Json::asNumber() const { return json::toDouble(text_); }

std::optional<std::int64_t> Json::asInteger() const noexcept { return json::toInteger(text_); }

std::optional<std::string> Json::asString() const { return json::toString(text_); }

std::vector<JsonMember> Json::members() const {
  std::vector<JsonMember> result;
  for (const json::Member& member : json::members(text_)) {
    result.push_back({member.name(), Json(Trusted{}, std::string(member.value))});
  }
  return result;
}

std::optional<Json> Json::find(std::string_view name) const {
  const std::string_view value = json::findMember(json::members(text_), name);
  if (value.empty()) return std::nullopt;
  return Json(Trusted{}, std::string(value));
}

std::vector<Json> Json::items() const {
  std::vector<Json> result;
  for (const std::string_view item : json::items(text_)) result.push_back(Json(Trusted{}, std::string(item)));
  return result;
}

const std::string& Json::text() const noexcept { return text_; }

std::string Json::numberText(bool value) { return value ? "true" : "false"; }

std::string Json::numberText(std::int64_t value) { return std::to_string(value); }

std::string Json::numberText(std::uint64_t value) { return std::to_string(value); }

std::string Json::numberText(double value) { return nlohmann::json(value).dump(); }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
