#include <liveblocks/http/event_loop.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

EventLoop::Listener::~Listener() = default;

EventLoop::~EventLoop() = default;

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
