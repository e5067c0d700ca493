#include <liveblocks/core/json.hpp>

#include <cmath>
#include <stdexcept>

#include "core/nlohmann.hpp"
#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

std::string quote(std::string_view text) {
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
  std::string text = "{";
  for (const auto& [name, value] : members) {
    if (text.size() > 1) text += ',';
    text += quote(name);
    text += ':';
    text += value.text();
  }
  return parse(text += '}');
}

Json Json::array(std::initializer_list<Json> items) {
  std::string text = "[";
  for (const Json& item : items) {
    if (text.size() > 1) text += ',';
    text += item.text();
  }
  return parse(text += ']');
}

bool Json::isObject() const noexcept { return text_.front() == '{'; }

bool Json::isNull() const noexcept { return text_ == "null"; }

const std::string& Json::text() const noexcept { return text_; }

std::string Json::number(bool value) { return value ? "true" : "false"; }

std::string Json::number(std::int64_t value) { return std::to_string(value); }

std::string Json::number(std::uint64_t value) { return std::to_string(value); }

std::string Json::number(double value) { return nlohmann::json(value).dump(); }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
