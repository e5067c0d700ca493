// A line as a JSON object: its members by name and type. What is not of its type throws `BadLine`.
#pragma once

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace json_lines {

/// What is wrong with a line, for whoever wrote it.
struct BadLine : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The JSON object of a line, read strictly.
nlohmann::json parseLine(const std::string& line);

/// Its `id` where that is a string or an integer, else null.
nlohmann::json idOf(const nlohmann::json& line);

/// Refuses members of other names, which would be slips that go unnoticed.
void checkNames(const nlohmann::json& object, const std::string& where, std::initializer_list<std::string_view> names);

/// The member of that name; null where there is none, or where it is JSON's `null`.
const nlohmann::json* find(const nlohmann::json& object, const std::string& name);

/// @{
/// A value as its type; `name` is for the message.
const std::string& asText(const nlohmann::json& value, const std::string& name);
bool asFlag(const nlohmann::json& value, const std::string& name);
std::int64_t asInteger(const nlohmann::json& value, const std::string& name);
const nlohmann::json& asObject(const nlohmann::json& value, const std::string& name);
std::vector<std::string> asTexts(const nlohmann::json& value, const std::string& name);
/// A string stands for a list of one.
std::vector<std::string> asTextOrTexts(const nlohmann::json& value, const std::string& name);
/// @}

/// The member of that name, which must be there.
const nlohmann::json& need(const nlohmann::json& object, const std::string& name);

}  // namespace json_lines
