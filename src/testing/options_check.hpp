/// Options that can work.
#pragma once

#include <liveblocks/testing/fake_frontend_api.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// Throws `std::invalid_argument`, saying what to mend.
void checkOptions(const FakeFrontendApiOptions& options);

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
