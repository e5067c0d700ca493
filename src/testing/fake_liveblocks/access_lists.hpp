/// Lists of permission scopes.
#pragma once

#include "testing/fake_liveblocks/shape.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// Scopes that Liveblocks knows.
Checked checkScopes(const nlohmann::ordered_json& value);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
