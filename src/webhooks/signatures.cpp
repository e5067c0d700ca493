#include "webhooks/signatures.hpp"

#include <openssl/crypto.h>

#include <liveblocks/webhooks/verifier.hpp>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

std::optional<std::vector<std::string_view>> readSignatures(std::string_view header) {
  constexpr std::string_view version = "v1,";
  std::vector<std::string_view> signatures;
  std::size_t entries = 0;
  while (!header.empty()) {
    const auto [entry, rest] = ascii::splitOnce(header, ' ');
    header = rest;
    if (entry.empty()) continue;
    if (++entries > Verifier::maxSignatures) return std::nullopt;
    if (ascii::startsWith(entry, version)) signatures.push_back(entry.substr(version.size()));
  }
  return signatures;
}

bool equalInConstantTime(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
