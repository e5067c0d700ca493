#include "clerk/accounts_portal.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::array<std::string_view, 3> portalDomains{".accounts.dev", ".accountsstage.dev",
                                                        ".accounts.lclclerk.com"};
constexpr std::array<std::string_view, 3> olderDomains{".lcl.dev", ".lclstage.dev", ".lclclerk.com"};

bool replaceFirst(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  if (place == std::string::npos) return false;
  text.replace(place, from.size(), to);
  return true;
}

/// `<name>.clerk.accounts.dev` is the Frontend API, `<name>.accounts.dev` the portal.
bool isPortalOf(std::string_view host, std::string_view domain) noexcept {
  return ascii::endsWith(host, domain) && !ascii::endsWith(host.substr(0, host.size() - domain.size()), ".clerk");
}

}  // namespace

std::string accountsPortalOrigin(std::string_view frontendHost) {
  std::string host(frontendHost);
  replaceFirst(host, "clerk.accountsstage.", "accountsstage.");
  const std::size_t shared = host.find("clerk.accounts.");
  const std::size_t own = host.find("clerk.");
  const bool isShared = shared != std::string::npos && shared == own;
  replaceFirst(host, isShared ? "clerk.accounts." : "clerk.", "accounts.");
  return "https://" + host;
}

bool isDevelopmentPortal(std::string_view host) noexcept {
  const auto isOf = [host](std::string_view domain) { return isPortalOf(host, domain); };
  const auto isOlder = [host](std::string_view domain) {
    return ascii::startsWith(host, "accounts.") && ascii::endsWith(host, domain);
  };
  return std::any_of(portalDomains.begin(), portalDomains.end(), isOf) ||
         std::any_of(olderDomains.begin(), olderDomains.end(), isOlder);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
