#include "webhooks/signing_key.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "core/base64.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "core/wipe.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks::detail {
namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t minBytes = 16;
constexpr std::size_t maxBytes = 128;
constexpr std::size_t maxDigits = (maxBytes * 4 + 2) / 3;
/// As the vendors do, ignores trailing bits: secrets in their documentation have such bits.
constexpr base64::Policy encoding{base64::Alphabet::either, base64::Padding::optional,
                                  base64::TrailingBits::ignoredDigit};

constexpr const char* option = "a webhook signing secret";

[[noreturn]] void refuse(const char* problem) {
  throw std::invalid_argument(std::string(option) + ' ' + problem +
                              ": copy it from the vendor's dashboard, it begins with whsec_");
}

/// Many texts are valid base64 by accident, such as keys of other kinds.
void refuseOtherKinds(std::string_view text) {
  if (pasted::kindOf(text) != nullptr) throw pasted::refusal(option, "what begins with whsec_", text);
}

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
  if (text.find_last_not_of('=') + 1 > maxDigits) refuse("is longer than 128 bytes");
  std::array<char, maxBytes> key{};
  const liveblocks::detail::WipeAtEnd wipeKey(key);
  const auto size = base64::decodeTo(text, key.data(), encoding);
  if (!size) refuse("is not base64");
  if (*size < minBytes) refuse("is shorter than 16 bytes");
  return Secret(std::string_view(key.data(), *size));
}

}  // namespace webhooks::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
