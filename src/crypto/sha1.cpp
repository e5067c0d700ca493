#include "crypto/sha1.hpp"

#include <stdexcept>

#include <openssl/err.h>
#include <openssl/evp.h>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

std::string sha1(std::string_view bytes) {
  std::string digest(20, '\0');
  ERR_set_mark();
  const bool done = EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
                               EVP_sha1(), nullptr) == 1;
  ERR_pop_to_mark();
  if (!done) throw std::runtime_error("the crypto library refuses to compute SHA-1");
  return digest;
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
