#include "starvation.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace soak {
namespace {

/// Shorter waits happen all the time.
constexpr milliseconds shortest{5};
constexpr milliseconds longEnough{300};

}  // namespace

void Starvation::look() {
  const std::lock_guard lock(mutex_);
  std::map<std::string, Nanoseconds> waited;
  Nanoseconds longest = 0;
  std::error_code ignored;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task", ignored)) {
    // The time on a processor, and the time of waiting for one.
    std::ifstream file(thread.path() / "schedstat");
    Nanoseconds ran = 0;
    Nanoseconds now = 0;
    if (!(file >> ran >> now)) continue;
    const std::string id = thread.path().filename();
    const auto before = waited_.find(id);
    if (before != waited_.end() && now > before->second) longest = std::max(longest, now - before->second);
    waited.emplace(id, now);
  }
  waited_ = std::move(waited);
  const auto wait = std::chrono::duration_cast<milliseconds>(std::chrono::nanoseconds(longest));
  if (wait < shortest) return;
  total_ += wait;
  const Moment now = Clock::now();
  stretches_.add({now - wait, now});
}

milliseconds Starvation::within(const Stretch& time) {
  look();
  return stretches_.within(time);
}

bool Starvation::matters(const Stretch& time) { return within(time) >= longEnough; }

milliseconds Starvation::total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

}  // namespace soak
