#include "json_lines/json_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <limits>
#include <streambuf>

#include <liveblocks/core/json.hpp>

namespace json_lines {

using nlohmann::json;

namespace {

constexpr std::size_t maxLine = std::size_t{1} << 20;

enum class LineRead {
  whole,
  tooLong,  ///< The rest of the line was skipped.
  none,     ///< The input has ended.
};

/// Reads up to the next line feed or the end of the input. `line` never grows beyond the limit.
LineRead readLine(std::istream& input, std::string& line, std::size_t limit) {
  using Traits = std::char_traits<char>;
  std::streambuf& buffer = *input.rdbuf();
  std::size_t length = 0;
  line.clear();
  for (Traits::int_type next = buffer.sbumpc(); next != '\n'; next = buffer.sbumpc()) {
    if (Traits::eq_int_type(next, Traits::eof())) {
      if (length == 0) return LineRead::none;
      break;
    }
    if (++length <= limit) line.push_back(Traits::to_char_type(next));
  }
  return length > limit ? LineRead::tooLong : LineRead::whole;
}

void respondToAll(std::istream& input, std::ostream& output, const Respond& respond, const Respond& respondToProblem) {
  std::string line;
  for (LineRead read = readLine(input, line, maxLine); read != LineRead::none; read = readLine(input, line, maxLine)) {
    output << (read == LineRead::whole ? respond(line) : respondToProblem("the line is longer than 1 MiB"))
           << std::endl;
  }
}

}  // namespace

json parseLine(const std::string& line) {
  json object;
  try {
    object = json::parse(liveblocks::Json::parse(line).text());
  } catch (const std::invalid_argument& error) {
    throw BadLine(std::string("the line is not JSON: ") + error.what());
  }
  if (!object.is_object()) throw BadLine("the line is not a JSON object");
  return object;
}

json idOf(const json& line) {
  const json* const id = find(line, "id");
  return id != nullptr && (id->is_string() || id->is_number_integer()) ? *id : json();
}

void checkNames(const json& object, const std::string& where, std::initializer_list<std::string_view> names) {
  for (const auto& item : object.items()) {
    if (std::find(names.begin(), names.end(), item.key()) == names.end()) {
      throw BadLine("\"" + item.key() + "\" is not a member of " + where);
    }
  }
}

const json* find(const json& object, const std::string& name) {
  const auto member = object.find(name);
  return member == object.end() || member->is_null() ? nullptr : &*member;
}

const json& need(const json& object, const std::string& name) {
  const json* const member = find(object, name);
  if (member == nullptr) throw BadLine("\"" + name + "\" is missing");
  return *member;
}

const std::string& asText(const json& value, const std::string& name) {
  if (!value.is_string()) throw BadLine("\"" + name + "\" must be a string");
  return value.get_ref<const std::string&>();
}

bool asFlag(const json& value, const std::string& name) {
  if (!value.is_boolean()) throw BadLine("\"" + name + "\" must be true or false");
  return value.get<bool>();
}

std::int64_t asInteger(const json& value, const std::string& name) {
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool fits = value.is_number_integer() && !(value.is_number_unsigned() && value.get<std::uint64_t>() > largest);
  if (!fits) throw BadLine("\"" + name + "\" must be an integer");
  return value.get<std::int64_t>();
}

const json& asObject(const json& value, const std::string& name) {
  if (!value.is_object()) throw BadLine("\"" + name + "\" must be an object");
  return value;
}

std::vector<std::string> asTexts(const json& value, const std::string& name) {
  if (!value.is_array()) throw BadLine("\"" + name + "\" must be a list of strings");
  std::vector<std::string> texts;
  texts.reserve(value.size());
  for (const json& item : value) {
    if (!item.is_string()) throw BadLine("\"" + name + "\" must hold strings");
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

std::vector<std::string> asTextOrTexts(const json& value, const std::string& name) {
  if (value.is_string()) return {value.get<std::string>()};
  if (!value.is_array()) throw BadLine("\"" + name + "\" must be a string or a list of strings");
  return asTexts(value, name);
}

int run(const std::string& program, const Respond& respond, const Respond& respondToProblem) {
  try {
    std::ios::sync_with_stdio(false);
    respondToAll(std::cin, std::cout, respond, respondToProblem);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << program << ": " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}

}  // namespace json_lines
