#include "testing/fake_clerk/memberships.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/ascii.hpp"
#include "testing/organization_claims.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

constexpr std::string_view idPrefix = "org_";

bool isSameOrganization(const FakeMembership& a, const FakeMembership& b) {
  return a.organizationId == b.organizationId || (!a.slug.empty() && a.slug == b.slug);
}

void checkMembership(const FakeMembership& membership) {
  if (!ascii::startsWith(membership.organizationId, idPrefix) || membership.organizationId.size() == idPrefix.size()) {
    throw std::invalid_argument("the id of an organization must begin with org_, else it is taken for a slug");
  }
  if (ascii::startsWith(membership.slug, idPrefix)) {
    throw std::invalid_argument("the slug of an organization must not begin with org_, else it is taken for an id");
  }
  JsonMembers claims;
  setOrganizationV2(claims, organizationOf(membership));
}

}  // namespace

void checkMemberships(const FakeUser& user) {
  const auto& all = user.memberships;
  for (auto membership = all.begin(); membership != all.end(); ++membership) {
    checkMembership(*membership);
    const auto isSame = [&](const FakeMembership& other) { return isSameOrganization(other, *membership); };
    if (std::any_of(all.begin(), membership, isSame)) {
      throw std::invalid_argument("a user belongs to an organization once: ids and slugs must differ");
    }
  }
}

const FakeMembership* findMembership(const FakeUser& user, std::string_view idOrSlug) noexcept {
  if (idOrSlug.empty()) return nullptr;
  const auto isNamed = [&](const FakeMembership& membership) {
    return membership.organizationId == idOrSlug || membership.slug == idOrSlug;
  };
  const auto found = std::find_if(user.memberships.begin(), user.memberships.end(), isNamed);
  return found == user.memberships.end() ? nullptr : &*found;
}

clerk::Organization organizationOf(const FakeMembership& membership) {
  return {membership.organizationId, membership.role, membership.slug, membership.permissions};
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
