#include "http/rendezvous.hpp"

#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

bool Rendezvous::waitUntil(Lock& lock, Deadline limit) {
  return ended_.wait_until(lock, limit, [this] { return isOver_; });
}

Rendezvous::ParkedCalls Rendezvous::end() noexcept {
  isOver_ = true;
  ended_.notify_all();
  return std::exchange(parked_, {});
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
