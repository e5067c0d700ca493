#include <liveblocks/webhooks/replay_window.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

using Time = std::chrono::system_clock::time_point;

constexpr std::chrono::seconds maxWindow = std::chrono::hours(24);
constexpr std::size_t maxCapacity = 1'000'000;

void check(const ReplayWindowOptions& options) {
  if (options.window < std::chrono::seconds(1) || options.window > maxWindow) {
    throw std::invalid_argument("window must lie between 1 second and 24 hours");
  }
  if (options.capacity == 0 || options.capacity > maxCapacity) {
    throw std::invalid_argument("capacity must lie between 1 and 1,000,000");
  }
}

}  // namespace

struct ReplayWindow::State {
  explicit State(ReplayWindowOptions given) : options(std::move(given)) {
    check(options);
    if (!options.clock) options.clock = std::make_shared<const Clock>();
  }

  bool firstSeen(std::string_view id, Time time) {
    const Time now = options.clock->wall();
    const Time end = std::min(time, now + options.window) + options.window;
    const std::lock_guard<std::mutex> lock(mutex);
    while (!byEnd.empty() && byEnd.begin()->first < now) forgetFirst();
    if (end < now) return false;
    const auto known = ends.find(id);
    if (known != ends.end()) {
      prolong(*known, end);
      return false;
    }
    if (ends.size() == options.capacity) forgetFirst();
    remember(std::string(id), end);
    return true;
  }

  void forget(std::string_view id) {
    const std::lock_guard<std::mutex> lock(mutex);
    const auto known = ends.find(id);
    if (known == ends.end()) return;
    byEnd.erase({known->second, known->first});
    ends.erase(known);
  }

 private:
  /// A later delivery of the same id can be repeated for longer.
  void prolong(std::pair<const std::string, Time>& known, Time end) {
    if (end <= known.second) return;
    auto node = byEnd.extract({known.second, known.first});
    node.value().first = end;
    byEnd.insert(std::move(node));
    known.second = end;
  }

  void remember(std::string id, Time end) {
    const auto added = ends.emplace(std::move(id), end).first;
    try {
      byEnd.emplace(end, added->first);
    } catch (...) {
      ends.erase(added);
      throw;
    }
  }

  void forgetFirst() {
    const auto known = ends.find(byEnd.begin()->second);
    byEnd.erase(byEnd.begin());
    ends.erase(known);
  }

  ReplayWindowOptions options;
  std::mutex mutex;
  std::map<std::string, Time, std::less<>> ends;
  /// The same in the order of time; borrows the ids.
  std::set<std::pair<Time, std::string_view>> byEnd;
};

ReplayWindow::ReplayWindow(const ReplayWindowOptions& options) : state_(std::make_shared<State>(options)) {}

bool ReplayWindow::firstSeen(std::string_view id, Time time) {
  if (id.empty() || id.size() > maxIdSize) throw std::invalid_argument("a webhook's id has 1 to 256 bytes");
  return state_->firstSeen(id, time);
}

void ReplayWindow::forget(std::string_view id) { state_->forget(id); }

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
