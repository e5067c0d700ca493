#include "webhooks/signing_key.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include <openssl/crypto.h>

#include "core/base64.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks::detail {
namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t minBytes = 16;
constexpr std::size_t maxBytes = 128;
constexpr std::size_t maxCharacters = (maxBytes * 4 + 2) / 3;
/// The number of complete groups of base64.
constexpr std::size_t maxGroups = (maxCharacters + 3) / 4;

constexpr const char* option = "a webhook signing secret";

[[noreturn]] void refuse(const char* problem) {
  throw std::invalid_argument(std::string(option) + ' ' + problem +
                              ": copy it from the vendor's dashboard, it begins with whsec_");
}

/// Many texts are valid base64 by accident, such as keys of other kinds.
void refuseOtherKinds(std::string_view text) {
  if (pasted::kindOf(text) != nullptr) throw pasted::refusal(option, "what begins with whsec_", text);
}

/// Removes the padding; returns false when it does not fit the length.
bool dropPadding(std::string_view& text) noexcept {
  const std::size_t end = text.find_last_not_of('=') + 1;
  const bool correct = end == text.size() || (text.size() % 4 == 0 && text.size() - end <= 2);
  text = text.substr(0, end);
  return correct;
}

constexpr char toUrlAlphabet(char c) noexcept {
  if (c == '+') return '-';
  return c == '/' ? '_' : c;
}

template <std::size_t size>
struct WipedArray {
  WipedArray() = default;
  WipedArray(const WipedArray&) = delete;
  WipedArray& operator=(const WipedArray&) = delete;
  ~WipedArray() { OPENSSL_cleanse(bytes.data(), size); }

  std::array<char, size> bytes{};
};

}  // namespace

Secret readSigningKey(const Secret& secret) {
  std::string_view text = pasted::read(option, secret.reveal());
  const bool hasPrefix = ascii::startsWith(text, prefix);
  if (hasPrefix) text.remove_prefix(prefix.size());
  if (ascii::equalsIgnoringCase(text.substr(0, prefix.size()), prefix)) {
    refuse(hasPrefix ? "has its prefix twice" : "has its prefix in another case");
  }
  if (!hasPrefix) refuseOtherKinds(text);
  if (text.empty()) refuse("is empty");
  if (!dropPadding(text)) refuse("is not base64");
  if (text.size() > maxCharacters) refuse("is longer than 128 bytes");
  WipedArray<maxGroups * 4> characters;
  std::size_t length = 0;
  for (const char c : text) characters.bytes[length++] = toUrlAlphabet(c);
  // As the vendors do, ignore trailing bits that do not form a byte: secrets in their documentation have such bits.
  const std::size_t size = base64url::decodedSize(length);
  while (length % 4 != 0) characters.bytes[length++] = 'A';
  WipedArray<maxGroups * 3> key;
  if (!base64url::decodeTo({characters.bytes.data(), length}, key.bytes.data())) refuse("is not base64");
  if (size < minBytes) refuse("is shorter than 16 bytes");
  return Secret(std::string_view(key.bytes.data(), size));
}

}  // namespace webhooks::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
