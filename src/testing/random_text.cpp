#include "testing/random_text.hpp"

#include <stdexcept>

#include "crypto/random_bytes.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
std::string randomText() {
  const auto bytes = crypto::randomBytes(16);
  if (!bytes) throw std::runtime_error("the crypto library failed");
  return encodeBase64Url(*bytes);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
