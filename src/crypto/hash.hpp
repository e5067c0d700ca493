/// Digests, HMAC and random bytes of OpenSSL.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <openssl/rand.h>

#include <liveblocks/core/version.hpp>

#include "crypto/openssl.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// The 20 bytes of the digest. Throws `std::runtime_error` when the crypto library refuses, as FIPS providers may.
/// Inline: the libraries share no private symbols.
inline std::string sha1(std::string_view bytes) {
  std::string digest(20, '\0');
  auto* const output = reinterpret_cast<unsigned char*>(digest.data());
  const ErrorQueueGuard guard;
  if (EVP_Digest(bytes.data(), bytes.size(), output, nullptr, EVP_sha1(), nullptr) != 1) {
    throw std::runtime_error("the crypto library refuses to compute SHA-1");
  }
  return digest;
}

/// From OpenSSL's generator; nullopt when it cannot be seeded. Inline: the libraries share no private symbols.
inline std::optional<std::string> randomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  const ErrorQueueGuard guard;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) return std::nullopt;
  return bytes;
}

/// The 32 bytes of the code over the parts, one after the other. Throws `std::runtime_error` when the crypto library
/// refuses.
std::string hmacSha256(std::string_view key, std::initializer_list<std::string_view> parts);

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
