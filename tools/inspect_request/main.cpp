// "Why was this request refused?": reads requests, a JSON object a line, and prints what RequestAuthenticator makes of
// each. README.md tells the form of the lines.

#include <string>

#include <nlohmann/json.hpp>

#include "answer.hpp"
#include "inspection.hpp"
#include "json_lines/program.hpp"

namespace {

using nlohmann::json;

std::string textOf(const json& answer) { return answer.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

int main() {
  inspect_request::Inspector inspector;
  return json_lines::answerLines(
      "inspect_request", [&](const std::string& line) { return textOf(inspector.answer(line)); },
      [](const std::string& problem) { return textOf(inspect_request::answerOf(json(), problem)); });
}
