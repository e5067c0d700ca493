#include <liveblocks/webhooks/seen_store.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

SeenStore::~SeenStore() = default;

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
