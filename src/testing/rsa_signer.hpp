/// An RSA signing key, and random strings.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Immutable, thread-safe. All members throw `std::runtime_error` when the crypto library fails.
class RsaSigner {
 public:
  /// Generates a 2048-bit key.
  RsaSigner();

  /// Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RFC 7518 §3.3); returns raw bytes.
  std::string sign(std::string_view text) const;
  /// The public key as SubjectPublicKeyInfo in PEM.
  std::string publicPem() const;
  /// Big-endian, in base64url.
  std::string modulus() const;
  std::string exponent() const;

 private:
  std::string parameter(const char* name) const;

  struct Free {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
  };
  std::unique_ptr<EVP_PKEY, Free> key_;
};

/// Returns 128 random bits as 22 letters, digits, `-` and `_`. Throws `std::runtime_error` when the crypto library
/// fails.
std::string randomText();

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
