#include "clerk/organization_check.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::string_view prefix = "org:";

std::string_view withoutPrefixes(std::string_view name) noexcept {
  while (ascii::startsWith(name, prefix)) name.remove_prefix(prefix.size());
  return name;
}

}  // namespace

bool hasRole(const Organization& organization, std::string_view asked) noexcept {
  const std::string_view name = withoutPrefixes(asked);
  return !name.empty() && name == withoutPrefixes(organization.role);
}

bool hasPermission(const Organization& organization, std::string_view asked) noexcept {
  const std::string_view name = withoutPrefixes(asked);
  if (name.empty()) return false;
  const auto isAsked = [&](std::string_view permission) {
    return ascii::startsWith(permission, prefix) && permission.substr(prefix.size()) == name;
  };
  return std::any_of(organization.permissions.begin(), organization.permissions.end(), isAsked);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
