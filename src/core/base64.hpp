/// Base64 and base64url (RFC 4648). Header-only, because the libraries share no private symbols.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace base64 {

/// The last two digits: `-` and `_`, `+` and `/`, or any of them.
enum class Alphabet { url, standard, either };

enum class Padding {
  refused,
  optional,  ///< None, or exactly what completes the last group of four.
  any,       ///< Any number of `=`.
};

/// Bits after the last whole byte.
enum class TrailingBits {
  zero,
  ignored,
  ignoredDigit,  ///< Also ignores a single digit, which no encoder produces, after the last group of four.
};

/// What a decoder accepts: by default canonical base64url without padding (RFC 7515 §2).
struct Policy {
  Alphabet alphabet = Alphabet::url;
  Padding padding = Padding::refused;
  TrailingBits trailingBits = TrailingBits::zero;
  /// Characters that are skipped wherever they are.
  std::string_view skipped = {};
};

/// How many bytes that many digits decode to.
constexpr std::size_t decodedSize(std::size_t digits) noexcept { return digits / 4 * 3 + digits % 4 * 3 / 4; }

namespace detail {

constexpr std::string_view firstDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// Marks characters that are not digits.
constexpr std::uint32_t foreign = 0x80;

/// The values of all characters.
using Values = std::array<std::uint8_t, 256>;

constexpr Values valuesOf(std::string_view lastDigits) {
  Values values{};
  for (auto& value : values) value = foreign;
  for (std::size_t i = 0; i < firstDigits.size(); ++i) {
    values[static_cast<unsigned char>(firstDigits[i])] = static_cast<std::uint8_t>(i);
  }
  for (std::size_t i = 0; i < lastDigits.size(); ++i) {
    values[static_cast<unsigned char>(lastDigits[i])] = static_cast<std::uint8_t>(firstDigits.size() + i % 2);
  }
  return values;
}

/// In the order of `Alphabet`.
inline constexpr std::array<Values, 3> alphabets{valuesOf("-_"), valuesOf("+/"), valuesOf("-_+/")};

constexpr char byteAt(std::uint32_t bits, unsigned shift) noexcept { return static_cast<char>(bits >> shift & 0xFF); }

/// Decodes digits without looking for anything else.
class Decoder {
 public:
  Decoder(const Values& values, char* out) noexcept : values_(values), out_(out) {}

  void addGroup(const char* digits) noexcept {
    const std::uint32_t a = valueOf(digits[0]);
    const std::uint32_t b = valueOf(digits[1]);
    const std::uint32_t c = valueOf(digits[2]);
    const std::uint32_t d = valueOf(digits[3]);
    seen_ |= a | b | c | d;
    bits_ = a << 18 | b << 12 | c << 6 | d;
    write(3);
    count_ += 4;
  }

  void addDigit(char digit) noexcept {
    const std::uint32_t value = valueOf(digit);
    seen_ |= value;
    bits_ = bits_ << 6 | value;
    if (++count_ % 4 == 0) write(3);
  }

  /// Writes the bytes of an incomplete group; returns false if they or any digit were not acceptable.
  bool finish(TrailingBits trailingBits) noexcept {
    const std::size_t tail = count_ % 4;
    if ((seen_ & foreign) != 0) return false;
    if (tail == 0) return true;
    if (tail == 1) return trailingBits == TrailingBits::ignoredDigit;
    const std::uint32_t unused = tail == 2 ? 0xF : 0x3;
    if (trailingBits == TrailingBits::zero && (bits_ & unused) != 0) return false;
    bits_ <<= tail == 2 ? 12 : 6;
    write(tail - 1);
    return true;
  }

  std::size_t count() const noexcept { return count_; }

 private:
  std::uint32_t valueOf(char c) const noexcept { return values_[static_cast<unsigned char>(c)]; }

  void write(std::size_t bytes) noexcept {
    out_[0] = byteAt(bits_, 16);
    if (bytes > 1) out_[1] = byteAt(bits_, 8);
    if (bytes > 2) out_[2] = byteAt(bits_, 0);
    out_ += bytes;
  }

  const Values& values_;
  char* out_;
  std::uint32_t bits_ = 0;
  std::uint32_t seen_ = 0;
  std::size_t count_ = 0;
};

inline std::string encode(std::string_view bytes, std::string_view lastDigits) {
  const auto digit = [lastDigits](std::uint32_t value) {
    return value < firstDigits.size() ? firstDigits[value] : lastDigits[value - firstDigits.size()];
  };
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t buffer = 0;
  int pending = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(byte)) & 0xFFFF;
    for (pending += 8; pending >= 6; pending -= 6) text += digit(buffer >> (pending - 6) & 0x3F);
  }
  if (pending > 0) text += digit(buffer << (6 - pending) & 0x3F);
  return text;
}

}  // namespace detail

/// Decodes into at most `decodedSize(text.size())` bytes at `out` and returns their number. Returns nullopt for a text
/// that the policy does not accept; then the bytes are unspecified.
inline std::optional<std::size_t> decodeTo(std::string_view text, char* out, const Policy& policy = {}) noexcept {
  const auto isSkipped = [&policy](char c) { return policy.skipped.find(c) != std::string_view::npos; };
  std::size_t padding = 0;
  while (policy.padding != Padding::refused && !text.empty() && (text.back() == '=' || isSkipped(text.back()))) {
    if (text.back() == '=') ++padding;
    text.remove_suffix(1);
  }
  detail::Decoder decoder(detail::alphabets[static_cast<std::size_t>(policy.alphabet)], out);
  const std::size_t inGroups = policy.skipped.empty() ? text.size() - text.size() % 4 : 0;
  for (std::size_t i = 0; i < inGroups; i += 4) decoder.addGroup(text.data() + i);
  for (const char c : text.substr(inGroups)) {
    if (!isSkipped(c)) decoder.addDigit(c);
  }
  const bool isPadded = padding <= 2 && (decoder.count() + padding) % 4 == 0;
  if (policy.padding == Padding::optional && padding != 0 && !isPadded) return std::nullopt;
  if (!decoder.finish(policy.trailingBits)) return std::nullopt;
  return decodedSize(decoder.count());
}

/// Returns nullopt for a text that the policy does not accept.
inline std::optional<std::string> decode(std::string_view text, const Policy& policy = {}) {
  std::string bytes(decodedSize(text.size()), '\0');
  const auto size = decodeTo(text, bytes.data(), policy);
  if (!size) return std::nullopt;
  bytes.resize(*size);
  return bytes;
}

/// Encodes in the standard alphabet, with padding.
inline std::string encode(std::string_view bytes) {
  std::string text = detail::encode(bytes, "+/");
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

}  // namespace base64

namespace base64url {

/// Encodes in the alphabet for URLs, without padding.
inline std::string encode(std::string_view bytes) { return base64::detail::encode(bytes, "-_"); }

/// Decodes canonical base64url. Returns nullopt for padding, white space, `+`, `/` or any other foreign character, for
/// a length that no encoder produces, and for unused bits that are not zero.
inline std::optional<std::string> decode(std::string_view text) { return base64::decode(text); }

}  // namespace base64url
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
