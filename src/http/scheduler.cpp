#include <liveblocks/http/scheduler.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

Scheduler::~Scheduler() = default;

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
