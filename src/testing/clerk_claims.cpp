#include "testing/clerk_claims.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <stdexcept>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

constexpr std::string_view prefix = "org:";

std::string_view withoutPrefix(std::string_view text) {
  return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : text;
}

/// The place of `name` in the list, to which it is added when it is new.
std::size_t placeOf(std::string_view name, std::vector<std::string>& list) {
  const auto found = std::find(list.begin(), list.end(), name);
  const auto place = static_cast<std::size_t>(found - list.begin());
  if (found == list.end()) list.emplace_back(name);
  return place;
}

/// A number with these bits, in decimal.
std::string decimal(const std::set<std::size_t>& bits) {
  std::string digits = "0";
  for (std::size_t bit = bits.empty() ? 0 : *bits.rbegin() + 1; bit-- > 0;) {
    int carry = bits.count(bit) != 0 ? 1 : 0;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
      const int doubled = (*digit - '0') * 2 + carry;
      *digit = static_cast<char>('0' + doubled % 10);
      carry = doubled / 10;
    }
    if (carry != 0) digits.insert(digits.begin(), '1');
  }
  return digits;
}

std::string join(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& element : list) text += (text.empty() ? "" : ",") + element;
  return text;
}

/// Permissions as `fea`, `per` and `fpm` hold them.
struct PermissionTable {
  std::vector<std::string> features;
  std::vector<std::string> names;
  std::vector<std::set<std::size_t>> bits;

  void add(std::string_view permission) {
    const std::size_t colon = permission.rfind(':');
    if (permission.substr(0, prefix.size()) != prefix || colon < prefix.size() ||
        permission.find(',') != std::string_view::npos) {
      throw std::invalid_argument("a permission must have the form org:<feature>:<permission>, without commas");
    }
    const auto scoped = "o:" + std::string(permission.substr(prefix.size(), colon - prefix.size()));
    const std::size_t feature = placeOf(scoped, features);
    bits.resize(features.size());
    bits[feature].insert(placeOf(permission.substr(colon + 1), names));
  }

  std::string masks() const {
    std::vector<std::string> list;
    for (const auto& mask : bits) list.push_back(decimal(mask));
    return join(list);
  }
};

}  // namespace

void setOrganizationV1(JsonMembers& claims, const clerk::Organization& organization) {
  claims.setUnlessEmpty("org_id", organization.id);
  claims.setUnlessEmpty("org_role", organization.role);
  claims.setUnlessEmpty("org_slug", organization.slug);
  claims.set("org_permissions", jsonArray(organization.permissions));
}

void setOrganizationV2(JsonMembers& claims, const clerk::Organization& organization) {
  PermissionTable table;
  for (const std::string& permission : organization.permissions) table.add(permission);
  JsonMembers members;
  members.setUnlessEmpty("id", organization.id);
  members.setUnlessEmpty("rol", std::string(withoutPrefix(organization.role)));
  members.setUnlessEmpty("slg", organization.slug);
  members.setUnlessEmpty("per", join(table.names));
  members.setUnlessEmpty("fpm", table.masks());
  claims.set("o", Json::parse(members.text()));
  claims.setUnlessEmpty("fea", join(table.features));
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
