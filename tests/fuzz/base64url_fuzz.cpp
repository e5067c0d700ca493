#include "core/base64.hpp"

#include "fuzz_target.hpp"

namespace base64url = liveblocks::base64url;

std::vector<std::string> fuzzing::seeds() {
  std::vector<std::string> result;
  std::string bytes;
  for (int i = 0; i < 40; ++i) {
    result.push_back(base64url::encode(bytes));
    bytes += static_cast<char>(i * 37);
  }
  return result;
}

/// Accepted text is exactly what its bytes encode to, and all bytes come back from their text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  if (const auto bytes = base64url::decode(input)) fuzzing::require(base64url::encode(*bytes) == input);
  fuzzing::require(base64url::decode(base64url::encode(input)) == input);
  return 0;
}
