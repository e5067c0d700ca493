#include "core/member_reader.hpp"

#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {

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
