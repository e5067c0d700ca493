#include "crypto/roca.hpp"

#include <algorithm>
#include <array>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {
namespace {

constexpr std::array<BN_ULONG, 38> smallPrimes{3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                               47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                               107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};

/// Whether the remainder is one of 65537^k modulo the prime.
constexpr bool isPower(BN_ULONG remainder, BN_ULONG prime) noexcept {
  constexpr BN_ULONG generator = 65537;
  BN_ULONG power = 1;
  do {
    if (power == remainder) return true;
    power = power * generator % prime;
  } while (power != 1);
  return false;
}

}  // namespace

bool hasRocaFingerprint(const BIGNUM& modulus) noexcept {
  return std::all_of(smallPrimes.begin(), smallPrimes.end(),
                     [&modulus](BN_ULONG prime) { return isPower(BN_mod_word(&modulus, prime), prime); });
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
