#include "auth_endpoint/request.hpp"

#include <stdexcept>
#include <utility>

#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

std::string problemOfRequestBody(std::string_view text) {
  if (const auto flaw = json::findFlaw(text, AuthRequestBody::maxDepth)) {
    return std::string(flaw->problem) + " at byte " + std::to_string(flaw->position);
  }
  if (ascii::trim(text).front() != '{') return "not a JSON object";
  if (json::members(text).size() <= AuthRequestBody::maxMembers) return {};
  return "more than " + std::to_string(AuthRequestBody::maxMembers) + " members";
}

bool readRoomId(const AuthRequestBody& body, std::optional<std::string>& room) {
  const std::string_view text = body.json("room");
  room = json::toString(text);
  return room || text.empty() || text == "null";
}

}  // namespace detail

AuthRequestBody::AuthRequestBody() : AuthRequestBody(std::string("{}")) {}

AuthRequestBody::AuthRequestBody(std::string text) noexcept : text_(std::move(text)) {}

AuthRequestBody AuthRequestBody::parse(std::string_view text) {
  const std::string problem = detail::problemOfRequestBody(text);
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
