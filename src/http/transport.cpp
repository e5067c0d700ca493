#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

Transport::~Transport() = default;

bool Transport::start(Request&, const Call&, Completion&) { return false; }

std::shared_ptr<Scheduler> Transport::scheduler() const { return nullptr; }

bool Transport::isStopped() const noexcept { return false; }

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
