#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include <openssl/evp.h>

#include "clerk/publishable_key.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

namespace clerk = liveblocks::clerk;

namespace {

/// As OpenSSL encodes it, without padding.
std::string base64Of(const std::string& text) {
  std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), bytes, static_cast<int>(text.size()));
  encoded.resize(static_cast<std::size_t>(size));
  encoded.erase(encoded.find_last_not_of('=') + 1);
  return encoded;
}

std::string keyOf(const std::string& kind, const std::string& host) {
  return "pk_" + kind + "_" + base64Of(host + "$");
}

void check(const clerk::detail::PublishableKey& key, std::string_view text) {
  const bool isTest = key.kind == clerk::detail::InstanceKind::development;
  fuzzing::require(text.find(keyOf(isTest ? "test" : "live", key.frontendApi)) != std::string_view::npos);
  fuzzing::require(std::all_of(key.frontendApi.begin(), key.frontendApi.end(),
                               [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.'; }));
  fuzzing::require(key.frontendApi.find('.') != std::string::npos && key.frontendApi.find("..") == std::string::npos);
  fuzzing::require(key.cookieSuffix.size() == 8 && key.cookieSuffix.find_first_of("=;, +/") == std::string::npos);
  fuzzing::require(clerk::detail::accountsPortalOrigin(key.frontendApi).rfind("https://", 0) == 0);
  static_cast<void>(clerk::detail::isDevelopmentPortal(key.frontendApi));
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {keyOf("test", "foo-bar-13.clerk.accounts.dev"),
          keyOf("live", "clerk.example.com"),
          "  \"" + keyOf("live", "a.b") + "\"\n",
          keyOf("live", "clerk.xn--bcher-kva.example") + "==",
          "CLERK_PUBLISHABLE_KEY=" + keyOf("test", "a.lcl.dev"),
          "sk_test_" + base64Of("secret")};
}

/// A publishable key that is read is exactly what its host encodes to, and the host is one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzzing::view(data, size);
  try {
    check(clerk::detail::parsePublishableKey(text), text);
  } catch (const std::invalid_argument& error) {
    fuzzing::require(std::string_view(error.what()).size() < 512);
  }
  return 0;
}
