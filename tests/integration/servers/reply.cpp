#include "reply.hpp"

#include <strings.h>

#include <sstream>
#include <stdexcept>

namespace liveblocks_tests {

Reply Reply::parse(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos || text.rfind("HTTP/1.", 0) != 0) throw std::runtime_error("no response: " + text);
  Reply reply{std::stoi(text.substr(9, 3)), {}, text.substr(end + 4)};
  std::istringstream lines(text.substr(0, end + 2));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const std::size_t colon = line.find(':');
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    if (colon == std::string::npos || line.back() != '\r') throw std::runtime_error("no header: " + line);
    reply.headers.emplace_back(line.substr(0, colon), line.substr(value, line.size() - value - 1));
  }
  return reply;
}

std::vector<std::string> Reply::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : headers) {
    if (::strcasecmp(key.c_str(), std::string(name).c_str()) == 0) values.push_back(value);
  }
  return values;
}

std::string Reply::header(std::string_view name) const {
  const std::vector<std::string> values = all(name);
  if (values.size() > 1) throw std::runtime_error("several headers: " + std::string(name));
  return values.empty() ? "" : values.front();
}

}  // namespace liveblocks_tests
