#include "testing/rsa_signer.hpp"

#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "core/base64.hpp"
#include "crypto/hash.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};

void require(bool success) {
  if (!success) throw std::runtime_error("the crypto library failed");
}

}  // namespace

RsaSigner::RsaSigner() : key_(EVP_RSA_gen(2048)) { require(key_ != nullptr); }

std::string RsaSigner::sign(std::string_view text) const {
  const std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  require(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1);
  const auto* input = reinterpret_cast<const unsigned char*>(text.data());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
  std::size_t size = signature.size();
  auto* output = reinterpret_cast<unsigned char*>(signature.data());
  require(EVP_DigestSign(context.get(), output, &size, input, text.size()) == 1);
  signature.resize(size);
  return signature;
}

std::string RsaSigner::publicPem() const {
  const std::unique_ptr<BIO, Deleter<BIO_free_all>> bio(BIO_new(BIO_s_mem()));
  require(bio && PEM_write_bio_PUBKEY(bio.get(), key_.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

std::string RsaSigner::modulus() const { return parameter(OSSL_PKEY_PARAM_RSA_N); }

std::string RsaSigner::exponent() const { return parameter(OSSL_PKEY_PARAM_RSA_E); }

std::string RsaSigner::parameter(const char* name) const {
  BIGNUM* raw = nullptr;
  require(EVP_PKEY_get_bn_param(key_.get(), name, &raw) == 1);
  const std::unique_ptr<BIGNUM, Deleter<BN_free>> number(raw);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return base64url::encode(bytes);
}

std::string randomText() {
  const auto bytes = crypto::randomBytes(16);
  if (!bytes) throw std::runtime_error("the crypto library failed");
  return base64url::encode(*bytes);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
