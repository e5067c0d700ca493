#include "crypto/hash.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>

#include <openssl/core_names.h>

#include "crypto/openssl.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {
namespace {

const unsigned char* bytesOf(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Fetches the algorithm once, which costs as much as a short code, and never frees it: OpenSSL's own clean-up may run
/// before destructors of static objects. A failure is not kept. Returns null on failure.
EVP_MAC* fetchHmac() noexcept {
  static std::atomic<EVP_MAC*> shared{nullptr};
  EVP_MAC* known = shared.load();
  if (known != nullptr) return known;
  EVP_MAC* const fetched = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  if (fetched == nullptr || shared.compare_exchange_strong(known, fetched)) return fetched;
  EVP_MAC_free(fetched);
  return known;
}

bool start(EVP_MAC_CTX& context, std::string_view key) {
  std::array<char, 7> digest{"SHA256"};
  const std::array<OSSL_PARAM, 2> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size() - 1),
      OSSL_PARAM_construct_end()};
  // A null pointer would ask for the key that is already set.
  if (key.data() == nullptr) key = "";
  return EVP_MAC_init(&context, bytesOf(key), key.size(), parameters.data()) == 1;
}

bool compute(EVP_MAC_CTX& context, std::string_view key, std::initializer_list<std::string_view> parts,
             std::string& code) {
  const auto update = [&context](std::string_view part) {
    return EVP_MAC_update(&context, bytesOf(part), part.size()) == 1;
  };
  std::size_t size = 0;
  auto* const output = reinterpret_cast<unsigned char*>(code.data());
  return start(context, key) && std::all_of(parts.begin(), parts.end(), update) &&
         EVP_MAC_final(&context, output, &size, code.size()) == 1 && size == code.size();
}

}  // namespace

std::string hmacSha256(std::string_view key, std::initializer_list<std::string_view> parts) {
  std::string code(32, '\0');
  const ErrorQueueGuard guard;
  EVP_MAC* const algorithm = fetchHmac();
  const Handle<EVP_MAC_CTX> context(algorithm == nullptr ? nullptr : EVP_MAC_CTX_new(algorithm));
  if (context == nullptr || !compute(*context, key, parts, code)) {
    throw std::runtime_error("the crypto library refuses to compute HMAC-SHA-256");
  }
  return code;
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
