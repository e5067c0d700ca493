#include <liveblocks/webhooks/memory_seen_store.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

using Time = std::chrono::steady_clock::time_point;

constexpr std::size_t maxCapacity = 10'000'000;

}  // namespace

struct MemorySeenStore::State {
  explicit State(const MemorySeenStoreOptions& options) : capacity(options.capacity), clock(options.clock) {
    if (capacity == 0 || capacity > maxCapacity) {
      throw std::invalid_argument("capacity must lie between 1 and 10,000,000");
    }
    if (!clock) clock = std::make_shared<const Clock>();
  }

  Result<SeenState> claim(std::string_view id, std::string_view holder, std::chrono::seconds lease) {
    const Time now = clock->steady();
    const std::lock_guard<std::mutex> lock(mutex);
    eraseExpired(now);
    const auto known = entries.find(id);
    if (known == entries.end()) {
      if (!makeSpace()) return Error{Errc::internal, "too many webhooks are in progress: raise the store's capacity"};
      add(id, {std::string(holder), timing::later(now, lease)});
      return SeenState::fresh;
    }
    if (known->second.isDone()) return SeenState::done;
    if (known->second.holder != holder) return SeenState::inProgress;
    move(*known, held, held, timing::later(now, lease));
    return SeenState::fresh;
  }

  Result<void> done(std::string_view id, std::string_view holder, std::chrono::seconds keep) {
    const Time now = clock->steady();
    const std::lock_guard<std::mutex> lock(mutex);
    eraseExpired(now);
    const auto known = entries.find(id);
    if (known == entries.end()) {
      if (!makeSpace())
        return Error{Errc::internal, "there is no space for the id of a webhook: raise the store's capacity"};
      add(id, {{}, timing::later(now, keep)});
      return {};
    }
    if (known->second.isDone()) return {};
    if (known->second.holder != holder) return Error{Errc::conflict, "another delivery of the webhook was taken up"};
    std::string().swap(known->second.holder);
    move(*known, held, kept, timing::later(now, keep));
    return {};
  }

  void release(std::string_view id, std::string_view holder) {
    const std::lock_guard<std::mutex> lock(mutex);
    const auto known = entries.find(id);
    if (known != entries.end() && known->second.holder == holder) erase(known);
  }

 private:
  struct Entry {
    /// The holder; empty when the id is done.
    std::string holder;
    /// When the lease ends, or when the id expires.
    Time end;

    bool isDone() const noexcept { return holder.empty(); }
  };
  using Entries = std::map<std::string, Entry, std::less<>>;
  /// Ids ordered by time, borrowed from the entries.
  using Order = std::set<std::pair<Time, std::string_view>>;

  Order& orderOf(const Entry& entry) noexcept { return entry.isDone() ? kept : held; }

  void add(std::string_view id, Entry entry) {
    const auto added = entries.emplace(std::string(id), std::move(entry)).first;
    try {
      orderOf(added->second).emplace(added->second.end, added->first);
    } catch (...) {
      entries.erase(added);
      throw;
    }
  }

  /// Moves an entry from one order to another without an allocation.
  static void move(Entries::value_type& entry, Order& from, Order& to, Time end) {
    auto node = from.extract({entry.second.end, entry.first});
    node.value().first = end;
    to.insert(std::move(node));
    entry.second.end = end;
  }

  void erase(Entries::iterator entry) {
    orderOf(entry->second).erase({entry->second.end, entry->first});
    entries.erase(entry);
  }

  void eraseFirst(const Order& order) { erase(entries.find(order.begin()->second)); }

  void eraseExpired(Time now) {
    while (!held.empty() && held.begin()->first <= now) eraseFirst(held);
    while (!kept.empty() && kept.begin()->first <= now) eraseFirst(kept);
  }

  /// Makes space for one entry. Returns false when all entries are in progress.
  bool makeSpace() {
    if (entries.size() < capacity) return true;
    if (kept.empty()) return false;
    eraseFirst(kept);
    return true;
  }

  const std::size_t capacity;
  std::shared_ptr<const Clock> clock;
  std::mutex mutex;
  Entries entries;
  /// The ids in progress, by the end of their lease.
  Order held;
  /// The ids that are done, by the time when they expire.
  Order kept;
};

MemorySeenStore::MemorySeenStore(const MemorySeenStoreOptions& options) : state_(std::make_unique<State>(options)) {}

MemorySeenStore::~MemorySeenStore() = default;

Result<SeenState> MemorySeenStore::claim(std::string_view id, std::string_view holder, std::chrono::seconds lease,
                                         Deadline /*deadline*/) {
  checkId(id);
  checkHolder(holder);
  checkLease(lease);
  return state_->claim(id, holder, lease);
}

Result<void> MemorySeenStore::done(std::string_view id, std::string_view holder, std::chrono::seconds keep,
                                   Deadline /*deadline*/) {
  checkId(id);
  checkHolder(holder);
  checkKeep(keep);
  return state_->done(id, holder, keep);
}

Result<void> MemorySeenStore::release(std::string_view id, std::string_view holder, Deadline /*deadline*/) {
  checkId(id);
  checkHolder(holder);
  state_->release(id, holder);
  return {};
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
