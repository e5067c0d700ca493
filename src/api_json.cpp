#include "api_json.hpp"

#include <liveblocks/core/json.hpp>

#include "core/strict_json.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

Error unexpectedResponse(std::string_view expected, std::string_view problem) {
  return {Errc::upstream,
          std::string("the response of Liveblocks is not ").append(expected).append(": ").append(problem)};
}

Error otherThanAsked(std::string_view expected) {
  return {Errc::upstream,
          std::string("the response of Liveblocks is ").append(expected).append(", but not what was asked for")};
}

std::optional<Error> findObjectProblem(std::string_view text, std::string_view expected) {
  if (const auto flaw = json::findFlaw(text, Json::maxDepth)) {
    return unexpectedResponse(expected, std::string(flaw->problem) + " at byte " + std::to_string(flaw->position));
  }
  if (!isJsonObject(ascii::trim(text))) return unexpectedResponse(expected, "it is not a JSON object");
  return std::nullopt;
}

std::optional<std::vector<std::string>> toStrings(std::string_view text) {
  if (!isJsonArray(text)) return std::nullopt;
  std::vector<std::string> strings;
  for (const std::string_view item : json::items(text)) {
    std::optional<std::string> value = json::toString(item);
    if (!value) return std::nullopt;
    strings.push_back(*std::move(value));
  }
  return strings;
}

std::optional<std::chrono::system_clock::time_point> toTime(std::string_view text) {
  return timing::readRfc3339(json::toString(text).value_or(""));
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
