#include "starvation.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace soak {
namespace {

constexpr milliseconds longEnough{300};
/// Longer than any call.
constexpr std::chrono::seconds keptWaits{90};

}  // namespace

void Starvation::look() {
  const std::lock_guard lock(mutex_);
  Wait wait({lastLook_, Clock::now()});
  std::map<std::string, Nanoseconds> waited;
  std::error_code ignored;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task", ignored)) {
    // The time on a processor, and the time of waiting for one.
    std::ifstream file(thread.path() / "schedstat");
    Nanoseconds::rep ran = 0;
    Nanoseconds::rep time = 0;
    if (!(file >> ran >> time)) continue;
    const std::string id = thread.path().filename();
    const auto before = waited_.find(id);
    const Nanoseconds more = before == waited_.end() ? Nanoseconds(0) : Nanoseconds(time) - before->second;
    wait.sum += more;
    wait.longest = std::max(wait.longest, more);
    waited.emplace(id, time);
  }
  waited_ = std::move(waited);
  total_ += wait.longest;
  lastLook_ = wait.time.end;
  waits_.push_back(wait);
  while (waits_.front().time.end < lastLook_ - keptWaits) waits_.pop_front();
}

Starvation::Wait Starvation::sum(const Stretch& time) const {
  const std::lock_guard lock(mutex_);
  Wait result(time);
  for (const Wait& wait : waits_) {
    if (!wait.time.overlaps(time)) continue;
    result.sum += wait.sum;
    result.longest += wait.longest;
  }
  return result;
}

milliseconds Starvation::within(const Stretch& time) {
  look();
  return std::chrono::duration_cast<milliseconds>(sum(time).sum);
}

bool Starvation::matters(const Stretch& time) {
  look();
  return sum(time).longest >= longEnough;
}

milliseconds Starvation::total() const {
  const std::lock_guard lock(mutex_);
  return std::chrono::duration_cast<milliseconds>(total_);
}

}  // namespace soak
