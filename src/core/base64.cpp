#include "core/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::string base64::encode(std::string_view bytes) {
  std::string text = base64url::encode(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

namespace base64url {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint32_t foreign = 0x80;

constexpr std::array<std::uint8_t, 256> invertAlphabet() {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = foreign;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> sextets = invertAlphabet();

std::uint32_t sextet(char c) noexcept { return sextets[static_cast<unsigned char>(c)]; }

char byteAt(std::uint32_t bits, int shift) noexcept { return static_cast<char>(bits >> shift & 0xFF); }

/// The last two or three characters, which stand for one or two bytes.
bool decodeTail(std::string_view tail, char* out) noexcept {
  const std::uint32_t a = sextet(tail[0]);
  const std::uint32_t b = sextet(tail[1]);
  const std::uint32_t c = tail.size() == 3 ? sextet(tail[2]) : 0;
  const std::uint32_t bits = a << 18 | b << 12 | c << 6;
  const std::uint32_t unused = tail.size() == 3 ? 0xFF : 0xFFFF;
  if (((a | b | c) & foreign) != 0 || (bits & unused) != 0) return false;
  *out++ = byteAt(bits, 16);
  if (tail.size() == 3) *out = byteAt(bits, 8);
  return true;
}

}  // namespace

std::string encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t buffer = 0;
  int pending = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(byte)) & 0xFFFF;
    for (pending += 8; pending >= 6; pending -= 6) text += alphabet[buffer >> (pending - 6) & 0x3F];
  }
  if (pending > 0) text += alphabet[buffer << (6 - pending) & 0x3F];
  return text;
}

bool decodeTo(std::string_view text, char* out) noexcept {
  const std::size_t tail = text.size() % 4;
  if (tail == 1) return false;
  const char* in = text.data();
  const char* const end = in + (text.size() - tail);
  std::uint32_t seen = 0;
  for (; in != end; in += 4, out += 3) {
    const std::uint32_t a = sextet(in[0]);
    const std::uint32_t b = sextet(in[1]);
    const std::uint32_t c = sextet(in[2]);
    const std::uint32_t d = sextet(in[3]);
    seen |= a | b | c | d;
    const std::uint32_t bits = a << 18 | b << 12 | c << 6 | d;
    out[0] = byteAt(bits, 16);
    out[1] = byteAt(bits, 8);
    out[2] = byteAt(bits, 0);
  }
  return (seen & foreign) == 0 && (tail == 0 || decodeTail(text.substr(text.size() - tail), out));
}

std::optional<std::string> decode(std::string_view text) {
  std::string bytes(decodedSize(text.size()), '\0');
  if (!decodeTo(text, bytes.data())) return std::nullopt;
  return bytes;
}

}  // namespace base64url
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
