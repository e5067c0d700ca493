#include "crypto/rsa_public_key.hpp"

#include <array>
#include <string>

#include <openssl/core_names.h>
#include <openssl/rsa.h>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {
namespace {

using Number = Handle<BIGNUM>;

Error internal() { return {Errc::internal, "OpenSSL cannot verify RS256 signatures in this process"}; }

Number toNumber(std::string_view bigEndian) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(bigEndian.data());
  return Number(BN_bin2bn(bytes, static_cast<int>(bigEndian.size()), nullptr));
}

/// Why the numbers are refused; null when they are fine.
const char* problemOf(const BIGNUM& modulus, const BIGNUM& exponent, RsaSizes sizes) noexcept {
  if (BN_num_bits(&modulus) < sizes.min) return "an RSA key that is too short";
  if (BN_num_bits(&modulus) > sizes.max) return "an RSA key that is too long";
  if (BN_is_odd(&modulus) == 0) return "an RSA key with an even modulus";
  if (BN_is_odd(&exponent) == 0 || BN_is_one(&exponent) != 0) return "an RSA key with a forgeable exponent";
  if (BN_num_bits(&exponent) > 32) return "an RSA key with an oversized exponent";
  return nullptr;
}

Handle<EVP_PKEY> toKey(const BIGNUM& modulus, const BIGNUM& exponent) {
  const Handle<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, &modulus) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, &exponent) != 1) {
    return nullptr;
  }
  const Handle<OSSL_PARAM> numbers(OSSL_PARAM_BLD_to_param(builder.get()));
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (numbers == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, numbers.get()) != 1) {
    return nullptr;
  }
  return Handle<EVP_PKEY>(key);
}

/// OpenSSL's own opinion, which costs milliseconds: small factors, an exponent out of range.
bool passesPublicCheck(EVP_PKEY& key) {
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, &key, nullptr));
  return context != nullptr && EVP_PKEY_public_check(context.get()) == 1;
}

}  // namespace

Result<std::shared_ptr<const RsaPublicKey>> RsaPublicKey::fromNumbers(std::string_view modulus,
                                                                      std::string_view exponent, RsaSizes sizes) {
  constexpr std::size_t maxBytes = maxRsaBits / 8 + 1;
  if (modulus.size() > maxBytes || exponent.size() > maxBytes) {
    return Error{Errc::malformed, "an RSA key that is too long"};
  }
  const ErrorQueueGuard guard;
  const Number n = toNumber(modulus);
  const Number e = toNumber(exponent);
  if (n == nullptr || e == nullptr) return internal();
  if (const char* problem = problemOf(*n, *e, sizes)) return Error{Errc::malformed, problem};
  Handle<EVP_PKEY> key = toKey(*n, *e);
  if (key == nullptr) return internal();
  if (!passesPublicCheck(*key)) return Error{Errc::malformed, "an RSA key whose numbers are not those of a key pair"};
  const std::shared_ptr<RsaPublicKey> result(new RsaPublicKey);
  if (!result->prepare(std::move(key))) return internal();
  return std::shared_ptr<const RsaPublicKey>(result);
}

bool RsaPublicKey::prepare(Handle<EVP_PKEY> key) {
  key_ = std::move(key);
  sha256_.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  ready_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
  signatureSize_ = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
  return sha256_ != nullptr && ready_ != nullptr && EVP_PKEY_verify_init(ready_.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(ready_.get(), RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(ready_.get(), sha256_.get()) == 1;
}

RsaPublicKey::Verdict RsaPublicKey::verify(std::string_view message, std::string_view signature) const noexcept {
  if (signature.size() != signatureSize_) return Verdict::invalid;
  const ErrorQueueGuard guard;
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(message.data(), message.size(), digest.data(), nullptr, sha256_.get(), nullptr) != 1) {
    return Verdict::failed;
  }
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_dup(ready_.get()));
  if (context == nullptr) return Verdict::failed;
  const auto* bytes = reinterpret_cast<const unsigned char*>(signature.data());
  const int outcome = EVP_PKEY_verify(context.get(), bytes, signature.size(), digest.data(), digest.size());
  if (outcome == 1) return Verdict::valid;
  return outcome == 0 ? Verdict::invalid : Verdict::failed;
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
