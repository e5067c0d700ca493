/// Where a handshake leads back to.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// Whether that is a page of the origin.
bool isPageOf(std::string_view origin, std::string_view url) noexcept;

/// The URL with one more parameter in its query. The value is not escaped; the fragment is left out.
std::string withParameter(std::string_view url, const std::string& name, const std::string& value);

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
