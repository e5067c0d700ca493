#include <stdexcept>
#include <utility>
#include <vector>

#include <liveblocks/core/json.hpp>

#include <nlohmann/json.hpp>

#include "core/strict_json.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

using liveblocks::Json;

namespace {

void checkScalars(const Json& value, const nlohmann::json& tree) {
  fuzzing::require(value.asBoolean().has_value() == tree.is_boolean());
  fuzzing::require(value.asString().has_value() == tree.is_string());
  fuzzing::require(value.isNull() == tree.is_null() && value.isNumber() == tree.is_number());
  if (tree.is_boolean()) fuzzing::require(*value.asBoolean() == tree.get<bool>());
  if (tree.is_string()) fuzzing::require(*value.asString() == tree.get<std::string>());
  if (const auto number = value.asNumber()) {
    fuzzing::require(tree.is_number() && *number == tree.get<double>());
  }
  if (const auto integer = value.asInteger()) {
    fuzzing::require(tree.is_number_integer() && *integer == tree.get<std::int64_t>());
  } else if (tree.is_number_integer()) {
    // Out of range: another reader keeps it without a sign.
    fuzzing::require(tree.is_number_unsigned() && tree.get<std::uint64_t>() > INT64_MAX);
  }
}

using Pair = std::pair<Json, const nlohmann::json*>;

/// Appends the members and items, which must be those of the tree.
void checkParts(const Json& value, const nlohmann::json& tree, std::vector<Pair>& parts) {
  const auto members = value.members();
  const auto items = value.items();
  fuzzing::require(value.isObject() == tree.is_object() && members.size() == (tree.is_object() ? tree.size() : 0));
  fuzzing::require(value.isArray() == tree.is_array() && items.size() == (tree.is_array() ? tree.size() : 0));
  for (const auto& [name, member] : members) {
    fuzzing::require(value.find(name)->text() == member.text());
    parts.emplace_back(member, &tree.at(name));
  }
  for (std::size_t i = 0; i < items.size(); ++i) parts.emplace_back(items[i], &tree[i]);
}

void check(const Json& value, const nlohmann::json& tree) {
  std::vector<Pair> rest{{value, &tree}};
  while (!rest.empty()) {
    const auto [part, partOfTree] = std::move(rest.back());
    rest.pop_back();
    checkScalars(part, *partOfTree);
    checkParts(part, *partOfTree, rest);
  }
}

/// A text becomes a string, and comes back from it.
void checkString(std::string_view text) {
  try {
    const Json string(text);
    fuzzing::require(string.asString() == text && Json::parse(string.text()).asString() == text);
    fuzzing::require(nlohmann::json::parse(string.text()).get<std::string>() == text);
  } catch (const std::invalid_argument&) {
    bool isUtf8 = true;
    try {
      static_cast<void>(nlohmann::json(std::string(text)).dump());
    } catch (const nlohmann::json::exception&) {
      isUtf8 = false;
    }
    fuzzing::require(!isUtf8);
  }
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {R"({"a":1,"b":[true,false,null,{}],"c":{"d":"e\u00e9\ud83d\ude00","f":[]}})",
          R"([-0, 1.5e+3, 1E-400, 9223372036854775807, -9223372036854775808, 9223372036854775808, 0.1, 1e400])",
          " \t\r\n\"\\\"\\\\\\/\\b\\f\\n\\r\\t\" ",
          "12345678901234567890123",
          R"({"":{"":{"":[[[[]]]]}}})",
          "nul"};
}

/// What is read as a value has the types and the content that another reader finds, in compact text that stays as it
/// is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzzing::view(data, size);
  checkString(text);
  const bool isStrict = liveblocks::json::isStrict(text, Json::maxDepth);
  try {
    const Json value = Json::parse(text);
    fuzzing::require(isStrict && Json::parse(value.text()).text() == value.text());
    fuzzing::require(value.text().size() <= text.size());
    const auto tree = nlohmann::json::parse(text);
    fuzzing::require(nlohmann::json::parse(value.text()) == tree);
    check(value, tree);
  } catch (const std::invalid_argument& error) {
    fuzzing::require(!isStrict && std::string_view(error.what()).size() < 256);
  }
  return 0;
}
