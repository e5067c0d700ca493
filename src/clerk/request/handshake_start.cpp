#include "clerk/request/handshake_start.hpp"

#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

RequestState handshakeOrSignedOut(const RequestContext&, Refusal refusal) { return signedOut(std::move(refusal)); }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
