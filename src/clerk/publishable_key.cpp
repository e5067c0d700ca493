#include "clerk/publishable_key.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "core/base64.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "crypto/hash.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

constexpr std::size_t maxKeyLength = 512;
constexpr base64::Policy encoding{base64::Alphabet::standard, base64::Padding::optional};

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

/// The first 8 characters of the key's SHA-1 hash in base64url.
std::string suffixOf(std::string_view key) { return base64url::encode(crypto::sha1(key).substr(0, 6)); }

}  // namespace

PublishableKey parsePublishableKey(std::string_view text) {
  constexpr const char* option = "the publishable key";
  const std::string_view key = pasted::read(option, text);
  const bool isTest = ascii::startsWith(key, "pk_test_");
  if (key.size() > maxKeyLength || (!isTest && !ascii::startsWith(key, "pk_live_"))) {
    throw pasted::refusal(option, "Clerk's, which begins with pk_test_ or pk_live_", key);
  }
  const std::optional<std::string> decoded = base64::decode(key.substr(8), encoding);
  if (!decoded || decoded->empty() || decoded->back() != '$') {
    throw std::invalid_argument("the publishable key is damaged: copy it again from the Clerk dashboard");
  }
  const std::string host = decoded->substr(0, decoded->size() - 1);
  if (!isDnsHost(host)) throw std::invalid_argument("the publishable key contains no valid host");
  return {host, isTest ? InstanceKind::development : InstanceKind::production, suffixOf(key)};
}

namespace {

constexpr std::array<std::string_view, 3> portalDomains{".accounts.dev", ".accountsstage.dev",
                                                        ".accounts.lclclerk.com"};
constexpr std::array<std::string_view, 3> olderDomains{".lcl.dev", ".lclstage.dev", ".lclclerk.com"};

bool replaceFirst(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  if (place == std::string::npos) return false;
  text.replace(place, from.size(), to);
  return true;
}

/// `<name>.clerk.accounts.dev` is the Frontend API, `<name>.accounts.dev` the portal.
bool isPortalOf(std::string_view host, std::string_view domain) noexcept {
  return ascii::endsWith(host, domain) && !ascii::endsWith(host.substr(0, host.size() - domain.size()), ".clerk");
}

}  // namespace

std::string accountsPortalOrigin(std::string_view frontendHost) {
  std::string host(frontendHost);
  replaceFirst(host, "clerk.accountsstage.", "accountsstage.");
  const std::size_t shared = host.find("clerk.accounts.");
  const std::size_t own = host.find("clerk.");
  const bool isShared = shared != std::string::npos && shared == own;
  replaceFirst(host, isShared ? "clerk.accounts." : "clerk.", "accounts.");
  return "https://" + host;
}

bool isDevelopmentPortal(std::string_view host) noexcept {
  const auto isOf = [host](std::string_view domain) { return isPortalOf(host, domain); };
  const auto isOlder = [host](std::string_view domain) {
    return ascii::startsWith(host, "accounts.") && ascii::endsWith(host, domain);
  };
  return std::any_of(portalDomains.begin(), portalDomains.end(), isOf) ||
         std::any_of(olderDomains.begin(), olderDomains.end(), isOlder);
}

std::optional<PublishableKey> readInstance(std::string_view publishableKey) {
  if (publishableKey.empty()) return std::nullopt;
  return parsePublishableKey(publishableKey);
}

std::vector<std::string> chooseIssuers(const AcceptedIssuers& given, const std::optional<PublishableKey>& instance,
                                       const KeySource::State& origin) {
  if (!given.empty()) return given.values();
  if (!instance && origin.issuer.empty()) return {};
  if (!instance) return {origin.issuer};
  if (!origin.issuer.empty() && origin.issuer != instance->issuer()) {
    throw std::invalid_argument(
        "publishableKey and the keys belong to different instances: set issuer if that is intended");
  }
  return {instance->issuer()};
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
