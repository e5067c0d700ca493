#include "clerk/instance.hpp"

#include <stdexcept>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

std::optional<PublishableKey> readInstance(const VerifierOptions& options) {
  if (options.publishableKey.empty()) return std::nullopt;
  return parsePublishableKey(options.publishableKey);
}

std::vector<std::string> chooseIssuers(const VerifierOptions& options, const std::optional<PublishableKey>& instance,
                                       const KeyOrigin& origin) {
  if (!options.issuer.empty()) return options.issuer.values();
  if (!instance && origin.issuer.empty()) return {};
  if (!instance) return {origin.issuer};
  if (!origin.issuer.empty() && origin.issuer != instance->issuer()) {
    throw std::invalid_argument("publishableKey is of another instance than the keys: set issuer if that is intended");
  }
  return {instance->issuer()};
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
