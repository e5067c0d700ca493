/// The fingerprint of keys whose generator was broken.
#pragma once

#include <openssl/bn.h>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// Whether a modulus is one of a library of Infineon, whose keys can be factored (CVE-2017-15361, "ROCA"): modulo the
/// product of the small primes it is a power of 65537. Of others, one in 2^154 is. (One in 2^28 is a power modulo each
/// prime alone, with exponents that do not fit together.)
bool hasRocaFingerprint(const BIGNUM& modulus) noexcept;

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
