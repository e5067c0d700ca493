/// Clerk's own pages for signing in.
/// https://clerk.com/docs/guides/account-portal/overview
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The origin of the portal of the instance whose Frontend API has that host.
std::string accountsPortalOrigin(std::string_view frontendHost);

/// Whether it is the host of the portal of some development instance.
bool isDevelopmentPortal(std::string_view host) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
