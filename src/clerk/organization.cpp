#include "clerk/organization.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "clerk/scoped_list.hpp"
#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Texts = std::vector<std::string_view>;

Error badClaim(const char* message) { return {Errc::badClaim, message}; }

Texts splitList(std::string_view list) {
  Texts result;
  ListElements elements(list);
  while (const auto element = elements.next()) result.push_back(*element);
  return result;
}

/// The names of the features that belong to the organization; nullopt when the list is malformed.
std::optional<Texts> organizationFeatures(std::string_view list) {
  Texts names;
  ListElements elements(list);
  while (const auto element = elements.next()) {
    const auto feature = readScopedName(*element);
    if (!feature) return std::nullopt;
    if (feature->ofOrganization) names.push_back(feature->name);
  }
  return names;
}

/// The lowest `count` bits of a decimal number; none set when the text is no such number.
class LowBits {
 public:
  LowBits(std::string_view decimal, std::size_t count) : words_((count + 31) / 32) {
    if (!std::all_of(decimal.begin(), decimal.end(), ascii::isDigit)) return;
    for (const char digit : decimal) appendDigit(static_cast<unsigned>(digit - '0'));
  }

  bool test(std::size_t bit) const { return (words_[bit / 32] >> (bit % 32) & 1U) != 0; }

 private:
  void appendDigit(std::uint64_t carry) {
    for (std::uint32_t& word : words_) {
      carry += std::uint64_t{word} * 10;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }

  std::vector<std::uint32_t> words_;
};

/// nullopt when they exceed `maxPermissionText`.
std::optional<std::vector<std::string>> grantedPermissions(const Texts& features, const Texts& names,
                                                           const Texts& masks) {
  std::vector<std::string> granted;
  std::size_t size = 0;
  for (std::size_t i = 0; i < std::min(features.size(), masks.size()); ++i) {
    const LowBits bits(masks[i], names.size());
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (!bits.test(k)) continue;
      size += features[i].size() + names[k].size() + 5;
      if (size > maxPermissionText) return std::nullopt;
      granted.push_back("org:" + std::string(features[i]) + ":" + std::string(names[k]));
    }
  }
  return granted;
}

}  // namespace

Result<std::optional<Organization>> decodeOrganization(const OrganizationClaimsV1& claims) {
  if (claims.mistyped) return badClaim("an organization claim has the wrong type");
  if (claims.id.empty()) return std::optional<Organization>();
  return std::optional(Organization{claims.id, claims.role, claims.slug, claims.permissions});
}

Result<std::optional<Organization>> decodeOrganization(const OrganizationClaimsV2& claims) {
  if (claims.mistyped) return badClaim("an organization claim has the wrong type");
  if (!claims.present) return std::optional<Organization>();
  const std::optional<Texts> features = organizationFeatures(claims.features);
  if (!features) return badClaim("the claim \"fea\" has an element without a scope");
  if (claims.id.empty()) return std::optional<Organization>();
  auto permissions = grantedPermissions(*features, splitList(claims.permissions), splitList(claims.masks));
  if (!permissions) return badClaim("the organization has too many permissions");
  const std::string role = claims.role.empty() ? "" : "org:" + claims.role;
  return std::optional(Organization{claims.id, role, claims.slug, *std::move(permissions)});
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
