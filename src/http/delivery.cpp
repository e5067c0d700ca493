#include "http/delivery.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

void runThrough(const Executor& executor, const std::function<void()>& task) noexcept {
  try {
    if (executor) return executor(task);
  } catch (...) {
    // A task that is lost would leave somebody waiting forever.
  }
  task();
}

void runOn(Scheduler* scheduler, const std::function<void()>& task) noexcept {
  try {
    if (scheduler != nullptr) return scheduler->post(task);
  } catch (...) {
    // As above.
  }
  task();
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
