#include <liveblocks/auth_endpoint/request.hpp>

#include <stdexcept>
#include <utility>

#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
AuthRequestBody::AuthRequestBody() : AuthRequestBody(std::string("{}")) {}

AuthRequestBody::AuthRequestBody(std::string text) noexcept : text_(std::move(text)) {}

std::string AuthRequestBody::problemOf(std::string_view text) {
  if (const auto flaw = json::findFlaw(text, maxDepth)) {
    return std::string(flaw->problem) + " at byte " + std::to_string(flaw->position);
  }
  if (ascii::trim(text).front() != '{') return "not a JSON object";
  return json::members(text).size() > maxMembers ? "more than " + std::to_string(maxMembers) + " members" : "";
}

AuthRequestBody AuthRequestBody::parse(std::string_view text) {
  const std::string problem = problemOf(text);
  if (!problem.empty()) throw std::invalid_argument("the body of a request for a token cannot be read: " + problem);
  return AuthRequestBody(std::string(text));
}

std::optional<std::string> AuthRequestBody::text(std::string_view name) const { return json::toString(json(name)); }

std::optional<double> AuthRequestBody::number(std::string_view name) const { return json::toDouble(json(name)); }

std::optional<std::int64_t> AuthRequestBody::integer(std::string_view name) const {
  return json::toInteger(json(name));
}

std::optional<bool> AuthRequestBody::boolean(std::string_view name) const { return json::toBool(json(name)); }

std::string_view AuthRequestBody::json(std::string_view name) const {
  return json::findMember(json::members(text_), name);
}

const std::string& AuthRequestBody::json() const noexcept { return text_; }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
