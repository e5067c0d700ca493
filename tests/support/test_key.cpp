#include "test_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <functional>
#include <stdexcept>

#include "core/base64.hpp"

namespace liveblocks_tests {
namespace {

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

void require(bool done) {
  if (!done) throw std::runtime_error("OpenSSL cannot make a test key");
}

std::string written(const std::function<int(BIO*)>& write) {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()), BIO_free_all);
  require(bio != nullptr && write(bio.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::shared_ptr<EVP_PKEY> own(EVP_PKEY* key) {
  require(key != nullptr);
  return {key, EVP_PKEY_free};
}

Owned<BIGNUM> newNumber() { return {BN_new(), BN_free}; }

void multiplyByPrime(BIGNUM* product, int bits) {
  const Owned<BN_CTX> context(BN_CTX_new(), BN_CTX_free);
  const Owned<BIGNUM> prime = newNumber();
  require(BN_generate_prime_ex(prime.get(), bits, 0, nullptr, nullptr, nullptr) == 1 &&
          BN_mul(product, product, prime.get(), context.get()) == 1);
}

std::string bytesOf(const BIGNUM* number) {
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

}  // namespace

TestKey TestKey::rsa(unsigned bits, unsigned exponent) {
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), EVP_PKEY_CTX_free);
  std::size_t size = bits;
  const std::array parameters{OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_RSA_BITS, &size),
                              OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_E, &exponent), OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  require(EVP_PKEY_keygen_init(context.get()) == 1 && EVP_PKEY_CTX_set_params(context.get(), parameters.data()) == 1 &&
          EVP_PKEY_generate(context.get(), &key) == 1);
  TestKey result;
  result.key_ = own(key);
  return result;
}

TestKey TestKey::elliptic() {
  TestKey result;
  result.key_ = own(EVP_EC_gen("P-256"));
  return result;
}

std::string TestKey::spki() const {
  return written([&](BIO* out) { return PEM_write_bio_PUBKEY(out, key_.get()); });
}

std::string TestKey::pkcs1() const {
  unsigned char* bytes = nullptr;
  const int size = i2d_PublicKey(key_.get(), &bytes);
  require(size > 0);
  const std::unique_ptr<unsigned char, void (*)(void*)> owned(bytes, [](void* p) { OPENSSL_free(p); });
  return written([&](BIO* out) { return PEM_write_bio(out, "RSA PUBLIC KEY", "", bytes, size) > 0 ? 1 : 0; });
}

std::string TestKey::privateKey() const {
  return written(
      [&](BIO* out) { return PEM_write_bio_PKCS8PrivateKey(out, key_.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

std::string TestKey::encryptedPrivateKey() const {
  return written([&](BIO* out) {
    return PEM_write_bio_PKCS8PrivateKey(out, key_.get(), EVP_aes_128_cbc(), "pass", 4, nullptr, nullptr);
  });
}

std::string TestKey::certificate() const {
  const Owned<X509> certificate(X509_new(), X509_free);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key_.get());
  require(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0);
  return written([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
}

std::string TestKey::modulus() const { return parameter(OSSL_PKEY_PARAM_RSA_N); }

std::string TestKey::exponent() const { return parameter(OSSL_PKEY_PARAM_RSA_E); }

std::string TestKey::sign(std::string_view text, const char* digest) const {
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  auto size = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
  std::string signature(size, '\0');
  require(EVP_DigestSignInit_ex(context.get(), nullptr, digest, nullptr, nullptr, key_.get(), nullptr) == 1 &&
          EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                         text.size()) == 1);
  signature.resize(size);
  return signature;
}

std::string TestKey::jwk(std::string_view keyId, std::string_view more) const {
  using liveblocks::base64url::encode;
  return std::string(R"({"kty":"RSA","kid":")")
      .append(keyId)
      .append(R"(","n":")" + encode(modulus()) + R"(","e":")" + encode(exponent()) + "\"")
      .append(more)
      .append("}");
}

std::string TestKey::parameter(const char* name) const {
  BIGNUM* raw = nullptr;
  require(EVP_PKEY_get_bn_param(key_.get(), name, &raw) == 1);
  const Owned<BIGNUM> number(raw, BN_free);
  return bytesOf(raw);
}

const TestKey& sharedKey() {
  static const TestKey key = TestKey::rsa();
  return key;
}

std::string modulusOf(int bits) {
  const Owned<BIGNUM> product = newNumber();
  require(BN_one(product.get()) == 1);
  while (BN_num_bits(product.get()) < bits - 1024) multiplyByPrime(product.get(), 512);
  const int rest = bits - BN_num_bits(product.get());
  for (int size = rest;; size = size == rest ? rest + 1 : rest) {
    const Owned<BIGNUM> candidate(BN_dup(product.get()), BN_free);
    multiplyByPrime(candidate.get(), size);
    if (BN_num_bits(candidate.get()) == bits) return bytesOf(candidate.get());
  }
}

std::string keySet(std::initializer_list<std::string> jwks) {
  std::string text = R"({"keys":[)";
  for (const std::string& jwk : jwks) text += (text.back() == '[' ? "" : ",") + jwk;
  return text + "]}";
}

}  // namespace liveblocks_tests
