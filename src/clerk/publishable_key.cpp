#include "clerk/publishable_key.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "core/ascii.hpp"
#include "core/base64url.hpp"
#include "core/pasted_value.hpp"
#include "crypto/sha1.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::size_t maxKeyLength = 512;

/// Base64 in the standard alphabet, its padding optional (RFC 4648 §4).
std::optional<std::string> decodeBase64(std::string text) {
  if (text.find_first_of("-_") != std::string::npos) return std::nullopt;
  const std::size_t body = text.find_last_not_of('=') + 1;
  if (text.size() % 4 == 0 && text.size() - body <= 2) text.erase(body);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return base64url::decode(text);
}

bool isLabel(std::string_view label) noexcept {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) { return ascii::isAlnum(c) || c == '-'; });
}

/// At least two labels (RFC 1123 §2.1).
bool isDnsHost(std::string_view host) noexcept {
  if (host.size() > 253 || host.find('.') == std::string_view::npos) return false;
  for (std::size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.')) {
    if (!isLabel(host.substr(0, dot))) return false;
    host.remove_prefix(dot + 1);
  }
  return isLabel(host);
}

/// The first 8 characters of the SHA-1 of the key in base64url.
std::string suffixOf(std::string_view key) { return base64url::encode(crypto::sha1(key).substr(0, 6)); }

}  // namespace

PublishableKey parsePublishableKey(std::string_view text) {
  constexpr const char* option = "the publishable key";
  const std::string_view key = pasted::read(option, text);
  const bool isTest = ascii::startsWith(key, "pk_test_");
  if (key.size() > maxKeyLength || (!isTest && !ascii::startsWith(key, "pk_live_"))) {
    throw pasted::refusal(option, "Clerk's, which begins with pk_test_ or pk_live_", key);
  }
  const std::optional<std::string> decoded = decodeBase64(std::string(key.substr(8)));
  if (!decoded || decoded->empty() || decoded->back() != '$') {
    throw std::invalid_argument("the publishable key is damaged: copy it again from the Clerk dashboard");
  }
  const std::string host = decoded->substr(0, decoded->size() - 1);
  if (!isDnsHost(host)) throw std::invalid_argument("the publishable key does not name a host");
  return {host, isTest ? InstanceKind::development : InstanceKind::production, suffixOf(key)};
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
