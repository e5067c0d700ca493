/// SHA-1 (RFC 3174), for names that others derive with it; never for security.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

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

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
