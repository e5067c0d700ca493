/// SipHash-2-4 with 128 bits (Aumasson and Bernstein, "SipHash: a fast short-input PRF").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// The key, as its two little-endian halves.
using SipKey = std::array<std::uint64_t, 2>;

/// The hash, as its two little-endian halves.
using SipTag = std::array<std::uint64_t, 2>;

/// The state of one computation.
class SipState {
 public:
  explicit SipState(const SipKey& key) noexcept
      : v0_(key[0] ^ 0x736f6d6570736575U),
        v1_(key[1] ^ 0x646f72616e646f6dU ^ 0xeeU),
        v2_(key[0] ^ 0x6c7967656e657261U),
        v3_(key[1] ^ 0x7465646279746573U) {}

  void take(std::uint64_t word) noexcept {
    v3_ ^= word;
    mix();
    mix();
    v0_ ^= word;
  }

  SipTag finish() noexcept {
    v2_ ^= 0xeeU;
    const std::uint64_t first = half();
    v1_ ^= 0xddU;
    return {first, half()};
  }

 private:
  static std::uint64_t rotated(std::uint64_t word, unsigned bits) noexcept {
    return (word << bits) | (word >> (64U - bits));
  }

  /// One SipRound.
  void mix() noexcept {
    v0_ += v1_;
    v2_ += v3_;
    v1_ = rotated(v1_, 13) ^ v0_;
    v3_ = rotated(v3_, 16) ^ v2_;
    v0_ = rotated(v0_, 32) + v3_;
    v2_ += v1_;
    v3_ = rotated(v3_, 21) ^ v0_;
    v1_ = rotated(v1_, 17) ^ v2_;
    v2_ = rotated(v2_, 32);
  }

  std::uint64_t half() noexcept {
    for (int round = 0; round < 4; ++round) mix();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

  std::uint64_t v0_, v1_, v2_, v3_;
};

/// Up to 8 bytes as a little-endian number.
inline std::uint64_t littleEndian(std::string_view bytes) noexcept {
  std::uint64_t word = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) word = word << 8U | static_cast<unsigned char>(bytes[i - 1]);
  return word;
}

/// The same for 8 bytes: compilers make one instruction of it.
inline std::uint64_t littleEndianWord(const char* bytes) noexcept {
  const auto byte = [bytes](unsigned i) { return std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8U * i); };
  return byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
}

/// Who does not know the key cannot tell it from a random function: neither can he choose two inputs with one hash, nor
/// guess the hash of another one. Takes no memory, and cannot fail.
inline SipTag sipHash(const SipKey& key, std::string_view input) noexcept {
  constexpr std::size_t wordSize = 8;
  SipState state(key);
  const std::size_t whole = input.size() / wordSize * wordSize;
  for (std::size_t i = 0; i < whole; i += wordSize) state.take(littleEndianWord(input.data() + i));
  const auto size = static_cast<std::uint64_t>(input.size());
  state.take(size << 56U | littleEndian(input.substr(whole)));
  return state.finish();
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
