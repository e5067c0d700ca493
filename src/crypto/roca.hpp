/// The fingerprint of keys whose generator was broken.
#pragma once

#include <openssl/bn.h>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// Whether a modulus is one of a library of Infineon, whose keys can be factored (CVE-2017-15361, "ROCA"): modulo every
/// small prime it is a power of 65537. Of others, one in 2^154 is.
bool hasRocaFingerprint(const BIGNUM& modulus) noexcept;

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
