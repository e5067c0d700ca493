#include "ably/signing.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "crypto/hash.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably::detail {
namespace {

constexpr const char* option = "the Ably API key";

bool isId(std::string_view id) noexcept {
  return !id.empty() && std::all_of(id.begin(), id.end(), ascii::isKeyCharacter);
}

bool isName(std::string_view name) noexcept {
  const auto [appId, keyId] = ascii::splitOnce(name, '.');
  return isId(appId) && isId(keyId);
}

bool isSecret(std::string_view secret) noexcept {
  return !secret.empty() && secret.find_first_of(":.") == std::string_view::npos;
}

/// Throws an exception that says what is wrong, without any part of the key.
void check(std::string_view key) {
  if (key.empty()) throw std::invalid_argument(std::string(option) + " is missing (Ably 40106)");
  const bool isPlain = std::all_of(key.begin(), key.end(), ascii::isVisible);
  if (!isPlain && pasted::kindOf(key) == nullptr) {
    throw std::invalid_argument(std::string(option) +
                                " contains white space, a control character or a character outside ASCII (Ably 40400)");
  }
  const auto [name, secret] = ascii::splitOnce(key, ':');
  if (!isPlain || !isName(name) || !isSecret(secret)) {
    throw pasted::refusal(option, "appId.keyId:secret (Ably 40400)", key);
  }
}

Secret checked(const Secret& text) {
  Secret key = pasted::readSecret(option, text);
  check(key.reveal());
  return key;
}

}  // namespace

ApiKey::ApiKey(const Secret& text) : text_(checked(text)), name_(ascii::splitOnce(text_.reveal(), ':').first) {}

Result<std::string> ApiKey::sign(std::string_view text) const {
  try {
    return crypto::hmacSha256(secret(), {text});
  } catch (const std::runtime_error& failure) {
    return Error{Errc::internal, failure.what()};
  }
}

}  // namespace ably::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
