#include "common/one_line.hpp"

#include <cstddef>

namespace examples {
namespace {

constexpr std::size_t maxBytes = 200;

void append(std::string& line, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (c >= ' ' && c <= '~' && c != '\\') {
    line += c;
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  line += "\\x";
  line += digits[byte >> 4];
  line += digits[byte & 0xF];
}

}  // namespace

std::string oneLine(std::string_view foreign) {
  std::string line;
  for (const char c : foreign.substr(0, maxBytes)) append(line, c);
  if (foreign.size() > maxBytes) line += "...";
  return line;
}

}  // namespace examples
