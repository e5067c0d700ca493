/// What the room functions answer, as texts.
#pragma once

#include <string>

#include <liveblocks/core/result.hpp>

namespace liveblocks_tests {

/// The text, or why there is none.
inline std::string outcome(const liveblocks::Result<std::string>& result) {
  if (result) return *result;
  const std::string code = result.error().code == liveblocks::Errc::invalidRequest ? "invalid: " : "another code: ";
  return code + result.error().message;
}

}  // namespace liveblocks_tests
