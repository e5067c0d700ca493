/// The results of the room functions as strings.
#pragma once

#include <string>

#include <liveblocks/core/result.hpp>

namespace liveblocks_tests {

/// Returns the text, or the error.
inline std::string outcome(const liveblocks::Result<std::string>& result) {
  if (result) return *result;
  const std::string code = result.error().code == liveblocks::Errc::invalidRequest ? "invalid: " : "another code: ";
  return code + result.error().message;
}

}  // namespace liveblocks_tests
