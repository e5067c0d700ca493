/// Keys of all kinds, made while the tests run.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

namespace liveblocks_tests {

class TestKey {
 public:
  static TestKey rsa(unsigned bits = 2048, unsigned exponent = 65537);
  static TestKey elliptic();

  /// In PEM.
  std::string spki() const;
  std::string pkcs1() const;
  std::string privateKey() const;
  std::string encryptedPrivateKey() const;
  std::string certificate() const;

  /// Big-endian.
  std::string modulus() const;
  std::string exponent() const;

  /// The RSASSA-PKCS1-v1_5 signature with that digest.
  std::string sign(std::string_view text, const char* digest = "SHA256") const;

  /// A member of a JWK Set: `{"kty":"RSA","kid":…,"n":…,"e":…<more>}`.
  std::string jwk(std::string_view keyId, std::string_view more = "") const;

 private:
  std::string parameter(const char* name) const;

  std::shared_ptr<EVP_PKEY> key_;
};

/// One RSA-2048 key for the whole test program.
const TestKey& sharedKey();

/// A composite number of exactly that many bits without small factors, which passes for a modulus.
std::string modulusOf(int bits);

/// `{"keys":[<jwk>,…]}`
std::string keySet(std::initializer_list<std::string> jwks);

}  // namespace liveblocks_tests
