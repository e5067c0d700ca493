#include "ably/api_key.hpp"

#include <algorithm>
#include <stdexcept>

#include "ascii.hpp"
#include "crypto/hmac_sha256.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

bool isVisible(char c) noexcept { return c > ' ' && c < '\x7F'; }

bool isName(std::string_view name) noexcept {
  const auto [appId, keyId] = ascii::splitOnce(name, '.');
  return !appId.empty() && !keyId.empty() && keyId.find('.') == std::string_view::npos;
}

bool isSecret(std::string_view secret) noexcept {
  return !secret.empty() && secret.find_first_of(":.") == std::string_view::npos;
}

/// What is wrong, without a byte of the key.
const char* problemOfKey(std::string_view key) noexcept {
  if (key.empty()) return "is missing (Ably 40106)";
  if (!std::all_of(key.begin(), key.end(), isVisible)) {
    return "holds white space, a control character or one beyond ASCII: was it read from a file with a line feed at "
           "its "
           "end? (Ably 40400)";
  }
  const auto [name, secret] = ascii::splitOnce(key, ':');
  return isName(name) && isSecret(secret) ? nullptr : "must be appId.keyId:secret (Ably 40400)";
}

/// Checks first: of what is no key, nothing is copied.
std::string_view checkedName(std::string_view key) {
  if (const char* problem = problemOfKey(key)) throw std::invalid_argument(std::string("the Ably API key ") + problem);
  return ascii::splitOnce(key, ':').first;
}

}  // namespace

ApiKey::ApiKey(const Secret& text) : text_(text), name_(checkedName(text.reveal())) {}

Result<std::string> ApiKey::sign(std::string_view text) const {
  try {
    return crypto::hmacSha256(secret(), {text});
  } catch (const std::runtime_error& failure) {
    return Error{Errc::internal, failure.what()};
  }
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
