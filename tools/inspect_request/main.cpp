// "Why was this request refused?": reads requests, one JSON object a line, and prints what RequestAuthenticator decides
// about each. README.md describes the lines.

#include <string>

#include <nlohmann/json.hpp>

#include "inspection.hpp"
#include "json_lines/json_lines.hpp"

namespace {

using nlohmann::json;

std::string formatLine(const json& response) { return response.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

int main() {
  inspect_request::Inspector inspector;
  return json_lines::run(
      "inspect_request", [&](const std::string& line) { return formatLine(inspector.respond(line)); },
      [](const std::string& problem) { return formatLine(inspect_request::describeProblem(json(), problem)); });
}
