#include "crypto/roca.hpp"

#include <array>
#include <cstdint>
#include <numeric>
#include <optional>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {
namespace {

constexpr std::array<BN_ULONG, 38> smallPrimes{3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                               47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                               107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};

/// The numbers that are `value` modulo `modulus`.
struct Residue {
  std::uint64_t value;
  std::uint64_t modulus;
};

/// The k for which 65537^k has that remainder; nullopt if there is none.
std::optional<Residue> logarithm(BN_ULONG remainder, BN_ULONG prime) noexcept {
  constexpr BN_ULONG generator = 65537;
  std::optional<BN_ULONG> found;
  BN_ULONG exponent = 0;
  BN_ULONG power = 1;
  do {
    if (power == remainder) found = exponent;
    power = power * generator % prime;
    ++exponent;
  } while (power != 1);
  if (!found) return std::nullopt;
  return Residue{*found, exponent};
}

/// Whether a number is in both.
constexpr bool meet(Residue a, Residue b) noexcept {
  const std::uint64_t common = std::gcd(a.modulus, b.modulus);
  return a.value % common == b.value % common;
}

}  // namespace

bool hasRocaFingerprint(const BIGNUM& modulus) noexcept {
  // The exponents for all primes so far. With the last prime their modulus is below 2^62.
  Residue exponents{0, 1};
  for (const BN_ULONG prime : smallPrimes) {
    const auto next = logarithm(BN_mod_word(&modulus, prime), prime);
    if (!next || !meet(exponents, *next)) return false;
    while (exponents.value % next->modulus != next->value) exponents.value += exponents.modulus;
    exponents.modulus = std::lcm(exponents.modulus, next->modulus);
  }
  return true;
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
