#include <liveblocks/webhooks/seen_store.hpp>

#include <stdexcept>

#include "webhooks/seen_store.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace detail {
namespace {

constexpr std::chrono::seconds minLease{1};
constexpr std::chrono::seconds maxLease = std::chrono::hours(1);
constexpr std::chrono::seconds minKeep = std::chrono::hours(28);
constexpr std::chrono::seconds maxKeep = std::chrono::hours(30 * 24);

}  // namespace

void checkLease(std::chrono::seconds lease) {
  if (lease < minLease || lease > maxLease) throw std::invalid_argument("lease must lie between 1 second and 1 hour");
}

void checkKeep(std::chrono::seconds keep) {
  if (keep < minKeep || keep > maxKeep) {
    throw std::invalid_argument("keep must lie between 28 hours, after which no repetition comes, and 30 days");
  }
}

}  // namespace detail

SeenStore::~SeenStore() = default;

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
