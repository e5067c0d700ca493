#include "common/environment.hpp"

#include <charconv>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace examples {

std::string variable(const char* name, const char* fallback) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

int portVariable() {
  const std::string text = variable("PORT", "0");
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 0 || port > 65535) {
    throw std::invalid_argument("PORT must be a number from 0 to 65535");
  }
  return port;
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

std::string urlOf(const std::string& host, int port) {
  const bool isV6 = host.find(':') != std::string::npos;
  return "http://" + (isV6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace examples
