/// How targets take an input apart, and what they look for in texts that leave the library.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fuzzing {

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Takes a line from the front, without its end.
inline std::string_view takeLine(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  return line;
}

/// `Name: value` on each of the lines, as headers of a request. White space stays for the reader.
inline std::vector<std::pair<std::string_view, std::string_view>> takeHeaders(std::string_view lines) {
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  while (!lines.empty()) {
    const std::string_view line = takeLine(lines);
    const std::size_t colon = std::min(line.find(':'), line.size());
    headers.emplace_back(line.substr(0, colon), line.substr(std::min(colon + 1, line.size())));
  }
  return headers;
}

/// Whether a value may be sent in a header (RFC 9110 section 5.5).
inline bool isHeaderValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

/// Every part of some secrets. A text that holds none of them repeats nothing of use.
class SecretParts {
 public:
  static constexpr std::size_t length = 16;

  void add(std::string_view secret) {
    for (std::size_t at = 0; at + length <= secret.size(); ++at) parts_.emplace(secret.substr(at, length));
  }

  /// The payload and the signature of a JWT. Its header is the same in many tokens.
  void addToken(std::string_view token) { add(token.substr(std::min(token.find('.'), token.size()))); }

  bool areIn(std::string_view text) const {
    for (std::size_t at = 0; at + length <= text.size(); ++at) {
      if (parts_.count(std::string(text.substr(at, length))) != 0) return true;
    }
    return false;
  }

 private:
  std::unordered_set<std::string> parts_;
};

}  // namespace fuzzing
