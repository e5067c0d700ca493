// Programs that read one JSON object a line and write one response line for each.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace json_lines {

/// Thrown for a line that cannot be used; the message is for its author.
struct BadLine : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Parses a line strictly as a JSON object. Throws `BadLine`.
nlohmann::json parseLine(const std::string& line);

/// Returns the line's `id` if it is a string or an integer, otherwise null.
nlohmann::json idOf(const nlohmann::json& line);

/// Throws `BadLine` if the object has a member whose name is not in the list: probably a typing error.
void checkNames(const nlohmann::json& object, const std::string& where, std::initializer_list<std::string_view> names);

/// Returns the member with that name; a null pointer if it is missing or JSON's `null`.
const nlohmann::json* find(const nlohmann::json& object, const std::string& name);

/// Returns the member with that name. Throws `BadLine` if `find()` does not find it.
const nlohmann::json& need(const nlohmann::json& object, const std::string& name);

/// @{
/// Returns the value as the named type. Throws `BadLine`, with `name` in the message, if it has another type.
const std::string& asText(const nlohmann::json& value, const std::string& name);
bool asFlag(const nlohmann::json& value, const std::string& name);
std::int64_t asInteger(const nlohmann::json& value, const std::string& name);
const nlohmann::json& asObject(const nlohmann::json& value, const std::string& name);
std::vector<std::string> asTexts(const nlohmann::json& value, const std::string& name);
/// A single string counts as a list of one.
std::vector<std::string> asTextOrTexts(const nlohmann::json& value, const std::string& name);
/// @}

/// Makes the response line for a line of input, or for the problem that makes a line unreadable.
using Respond = std::function<std::string(const std::string& text)>;

/// Responds to every line of standard input as soon as it is read. For lines longer than 1 MiB, which are skipped
/// without being stored, it calls `respondToProblem`. Returns the exit code for `main()`.
int run(const std::string& program, const Respond& respond, const Respond& respondToProblem);

}  // namespace json_lines
