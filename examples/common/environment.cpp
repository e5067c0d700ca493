#include "common/environment.hpp"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace examples {

std::string variable(const char* name, const char* fallback) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

std::vector<std::string> originsVariable(const char* name) {
  const std::string text = variable(name);
  std::vector<std::string> items;
  std::istringstream stream(text);
  for (std::string item; std::getline(stream, item, ',');) {
    const auto first = item.find_first_not_of(' ');
    if (first != std::string::npos) items.push_back(item.substr(first, item.find_last_not_of(' ') - first + 1));
  }
  if (items.empty() && !text.empty()) throw std::invalid_argument(std::string(name) + " names no origin");
  return items;
}

}  // namespace examples
