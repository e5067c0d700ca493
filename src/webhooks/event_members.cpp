#include "webhooks/event_members.hpp"

#include <utility>

#include "ascii.hpp"
#include "json/strict.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

EventMembers::EventMembers(std::string_view text, std::string path)
    : members_(json::members(text)), path_(std::move(path)) {}

void EventMembers::read(std::string_view name, std::string& value) {
  const auto found = json::toString(find(name));
  require(found.has_value(), name, "a text");
  value = found.value_or("");
}

void EventMembers::read(std::string_view name, std::int64_t& value) {
  const auto found = json::toInteger(find(name));
  require(found.has_value(), name, "an integer");
  value = found.value_or(0);
}

void EventMembers::readObject(std::string_view name, Json& value) {
  read(name, value);
  require(value.isObject(), name, "an object");
}

void EventMembers::read(std::string_view name, std::optional<std::string>& value) {
  const std::string_view text = find(name);
  value = json::toString(text);
  require(text.empty() || value, name, "a text or null");
}

void EventMembers::read(std::string_view name, std::optional<std::int64_t>& value) {
  const std::string_view text = find(name);
  value = json::toInteger(text);
  require(text.empty() || value, name, "an integer or null");
}

void EventMembers::read(std::string_view name, Json& value) {
  const std::string_view text = find(name);
  value = text.empty() ? Json() : Json::parse(text);
}

std::string_view EventMembers::find(std::string_view name) const {
  const std::string_view value = json::findMember(members_, name);
  return value == "null" ? std::string_view() : value;
}

void EventMembers::require(bool holds, std::string_view name, std::string_view expected) {
  if (holds || error_) return;
  error_ =
      Error{Errc::malformed, "the webhook's \"" + path_ + std::string(name) + "\" is not " + std::string(expected)};
}

std::optional<Error> checkBody(std::string_view body) {
  const auto flaw = json::findFlaw(body, Json::maxDepth);
  if (flaw) {
    const std::string at = " at byte " + std::to_string(flaw->position);
    return Error{Errc::badJson, "the body of the webhook is not strict JSON: " + std::string(flaw->problem) + at};
  }
  if (ascii::trim(body).front() != '{') return Error{Errc::badJson, "the body of the webhook is not a JSON object"};
  return std::nullopt;
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
