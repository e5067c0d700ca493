#include "common/environment.hpp"

#include <cstddef>
#include <cstdlib>

namespace examples {

std::string variable(const char* name, const char* fallback) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

std::string pastedVariable(const char* name, const char* fallback) {
  constexpr const char* around = " \t\r\n\"'`";
  const std::string text = variable(name);
  const std::size_t start = text.find_first_not_of(around);
  return start == std::string::npos ? fallback : text.substr(start, text.find_last_not_of(around) + 1 - start);
}

}  // namespace examples
