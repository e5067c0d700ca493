// Reads {"pattern", "path"} a line, and prints why the pattern is refused, or whether it matches the path, with regard
// to case and without; routes.mjs lets @clerk/shared do the same.

#include <optional>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "../line_program.hpp"
#include "clerk/route_path.hpp"
#include "clerk/route_pattern.hpp"

namespace {

namespace clerk = liveblocks::clerk;
using nlohmann::json;

json answer(const std::string& pattern, const std::string& target) {
  try {
    const clerk::detail::RoutePattern exact(pattern, true);
    const clerk::detail::RoutePattern anyCase(pattern, false);
    const std::optional<clerk::detail::RoutePath> path = clerk::detail::readRoutePath(target);
    return {{"exact", path && exact.matches(*path)}, {"anyCase", path && anyCase.matches(*path)}};
  } catch (const std::invalid_argument& error) {
    return {{"refused", error.what()}};
  }
}

}  // namespace

int main() {
  return liveblocks_tests::answerLines([](const json& line) { return answer(line.at("pattern"), line.at("path")); });
}
