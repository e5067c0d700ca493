#include "common/environment.hpp"

#include <cstdlib>

namespace examples {

std::string variable(const char* name, const char* fallback) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

}  // namespace examples
