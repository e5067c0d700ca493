#include "crypto/sha1.hpp"

#include <stdexcept>

#include "crypto/openssl.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

std::string sha1(std::string_view bytes) {
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
