#include <liveblocks/webhooks/seen_store.hpp>

#include <stdexcept>

#include "webhooks/seen_store.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

constexpr std::size_t maxHolderSize = 64;

}  // namespace

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

void SeenStore::checkId(std::string_view id) {
  if (id.empty() || id.size() > maxIdSize) throw std::invalid_argument("an id must have 1 to 321 bytes");
}

void SeenStore::checkHolder(std::string_view holder) {
  if (holder.empty() || holder.size() > maxHolderSize) {
    throw std::invalid_argument("a holder must have 1 to 64 bytes");
  }
}

void SeenStore::checkLease(std::chrono::seconds lease) { detail::checkLease(lease); }

void SeenStore::checkKeep(std::chrono::seconds keep) { detail::checkKeep(keep); }

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
