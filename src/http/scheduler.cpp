#include <liveblocks/http/scheduler.hpp>

#include <chrono>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

Scheduler::~Scheduler() = default;

Deadline Scheduler::now() const { return std::chrono::steady_clock::now(); }

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
