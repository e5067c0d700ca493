#include "http/curl/handle_pool.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

std::unique_ptr<Handle> HandlePool::take(std::string_view origin) {
  {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(idle_.rbegin(), idle_.rend(), [&](const auto& handle) { return handle->origin() == origin; });
    if (found != idle_.rend()) {
      std::unique_ptr<Handle> handle = std::move(*found);
      idle_.erase(std::next(found).base());
      return handle;
    }
  }
  return std::make_unique<Handle>(origin);
}

void HandlePool::give(std::unique_ptr<Handle> handle) {
  handle->reset();
  std::unique_ptr<Handle> surplus;  // Closed after the lock has been released.
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(handle));
  if (idle_.size() <= maxIdle_) return;
  surplus = std::move(idle_.front());
  idle_.erase(idle_.begin());
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
