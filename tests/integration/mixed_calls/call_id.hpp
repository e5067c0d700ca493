/// The id of a call, which is part of its requests and of the responses to them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace liveblocks_tests::mixed {

constexpr std::string_view idPrefix = "call-";
constexpr std::size_t idDigits = 5;

/// All ids are of the same length, so that none is the beginning of another one.
inline std::string idOf(std::size_t index) {
  std::string digits = std::to_string(index);
  return std::string(idPrefix).append(idDigits - digits.size(), '0').append(digits);
}

/// The first id in the text; empty if there is none.
inline std::string firstId(std::string_view text) {
  const std::size_t found = text.find(idPrefix);
  if (found == std::string_view::npos) return {};
  return std::string(text.substr(found, idPrefix.size() + idDigits));
}

/// Whether the text contains that id, and no other one.
inline bool isOnlyAbout(std::string_view text, std::string_view id) {
  std::size_t found = text.find(idPrefix);
  if (found == std::string_view::npos) return false;
  for (; found != std::string_view::npos; found = text.find(idPrefix, found + 1)) {
    if (text.substr(found, id.size()) != id) return false;
  }
  return true;
}

}  // namespace liveblocks_tests::mixed
