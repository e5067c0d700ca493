#include "webhooks/seen_limits.hpp"

#include <stdexcept>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

void checkLease(std::chrono::seconds lease) {
  if (lease < minLease || lease > maxLease) throw std::invalid_argument("lease must lie between 1 second and 1 hour");
}

void checkKeep(std::chrono::seconds keep) {
  if (keep < minKeep || keep > maxKeep) {
    throw std::invalid_argument("keep must lie between 28 hours, after which no repetition comes, and 30 days");
  }
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
