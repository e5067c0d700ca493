/// The id of a call, which is part of its room, and so of the request for its token.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace soak {

constexpr std::string_view callIdPrefix = "call-";
constexpr std::size_t callIdDigits = 9;

/// All ids are of the same length.
inline std::string callId(std::size_t number) {
  const std::string digits = std::to_string(number);
  return std::string(callIdPrefix).append(callIdDigits - digits.size(), '0').append(digits);
}

/// The first id in the text; empty if there is none.
inline std::string callIdIn(std::string_view text) {
  const std::size_t found = text.find(callIdPrefix);
  if (found == std::string_view::npos) return {};
  return std::string(text.substr(found, callIdPrefix.size() + callIdDigits));
}

}  // namespace soak
