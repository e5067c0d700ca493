#include "clerk/user_cache.hpp"

#include <utility>

#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

Error timedOut() { return {Errc::timeout, "the deadline passed while another caller was looking the user up"}; }

}  // namespace

UserCache::UserCache(std::size_t capacity, std::chrono::seconds ttl, std::shared_ptr<const Clock> clock)
    : capacity_(capacity), ttl_(ttl), clock_(std::move(clock)) {}

Result<User> UserCache::get(const std::string& id, Deadline deadline, const Load& load) {
  Lock lock(mutex_);
  while (true) {
    if (auto user = findFresh(id)) return *std::move(user);
    const auto found = flights_.find(id);
    if (found == flights_.end()) return lead(id, load, lock);
    const std::shared_ptr<Flight> flight = found->second;
    if (!flight->landed.wait_until(lock, deadline, [&] { return flight->outcome.has_value(); })) return timedOut();
    const Result<User>& outcome = *flight->outcome;
    const bool wasCut = !outcome && outcome.error().code == Errc::timeout;
    if (!wasCut || std::chrono::steady_clock::now() >= deadline) return outcome;
  }
}

Result<User> UserCache::lead(const std::string& id, const Load& load, Lock& lock) {
  const auto flight = flights_.emplace(id, std::make_shared<Flight>()).first->second;
  const auto since = clock_->steady();
  lock.unlock();
  Result<User> loaded = load();
  lock.lock();
  const Result<User>& outcome = flight->outcome.emplace(std::move(loaded));
  flights_.erase(id);
  flight->landed.notify_all();
  if (outcome) store(id, *outcome, since);
  return outcome;
}

std::optional<User> UserCache::findFresh(const std::string& id) {
  const auto found = index_.find(id);
  if (found == index_.end()) return std::nullopt;
  const auto entry = found->second;
  if (between(entry->storedAt, clock_->steady()) >= ttl_) {
    entries_.erase(entry);
    index_.erase(found);
    return std::nullopt;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->user;
}

void UserCache::store(const std::string& id, const User& user, std::chrono::steady_clock::time_point since) {
  if (entries_.size() == capacity_) {
    index_.erase(entries_.back().id);
    entries_.pop_back();
  }
  entries_.push_front({id, user, since});
  index_[id] = entries_.begin();
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
