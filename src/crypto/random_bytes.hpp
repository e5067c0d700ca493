/// Bytes that nobody can guess.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <openssl/rand.h>

#include <liveblocks/core/version.hpp>

#include "crypto/openssl.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// From OpenSSL's generator; nullopt when it cannot be seeded. Inline: the libraries share no private symbols.
inline std::optional<std::string> randomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  const ErrorQueueGuard guard;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) return std::nullopt;
  return bytes;
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
