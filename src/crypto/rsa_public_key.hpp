/// RSA public keys, and reading them from PEM.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include <liveblocks/core/result.hpp>

#include "crypto/openssl.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// Length of a modulus in bits.
struct RsaSizes {
  int min = 2048;
  int max = 4096;
};

/// The longest modulus that any caller may allow.
constexpr int maxRsaBits = 8192;

/// A checked key with everything prepared for verification. Immutable and thread-safe.
class RsaPublicKey {
 public:
  /// From big-endian numbers. `Errc::malformed` says why they make no acceptable key: the modulus must be odd, of an
  /// allowed size and not of a generator whose keys can be factored; the exponent odd, at least 3 and below 2^32.
  /// OpenSSL itself checks none of this, and with an exponent of 1 anyone can sign. `Errc::internal` when OpenSSL
  /// cannot do RS256.
  static Result<std::shared_ptr<const RsaPublicKey>> fromNumbers(std::string_view modulus, std::string_view exponent,
                                                                 RsaSizes sizes = {});

  enum class Verdict { valid, invalid, failed };

  /// Whether `signature` is the RS256 signature of `message`; `failed` when OpenSSL could not tell.
  Verdict verify(std::string_view message, std::string_view signature) const noexcept;

  /// Bytes of a signature.
  std::size_t signatureSize() const noexcept { return signatureSize_; }

 private:
  RsaPublicKey() = default;
  bool prepare(Handle<EVP_PKEY> key);

  Handle<EVP_MD> sha256_;
  Handle<EVP_PKEY> key_;
  /// Ready for `EVP_PKEY_verify`; each call works on a copy, which costs less than a new one and needs no lock.
  Handle<EVP_PKEY_CTX> ready_;
  std::size_t signatureSize_ = 0;
};

/// Reads "PUBLIC KEY" (RFC 5280 §4.1) or "RSA PUBLIC KEY" (RFC 8017 §A.1.1), or the bare body of either. Line ends may
/// be real, escaped (`\n`), spaces or missing; the body may be base64url. Around it may be what `pasted::clean()` takes
/// off.
///
/// `Errc::malformed` says what was given instead and never repeats any of it. Never prompts for a password.
Result<std::shared_ptr<const RsaPublicKey>> readRsaPublicKeyPem(std::string_view text);

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
