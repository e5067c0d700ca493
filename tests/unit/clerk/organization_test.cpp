#include "clerk/organization_claims.hpp"

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
using Permissions = std::vector<std::string>;

namespace {

clerk::detail::OrganizationClaimsV2 claimsV2(std::string features, std::string permissions, std::string masks) {
  clerk::detail::OrganizationClaimsV2 claims;
  claims.present = true;
  claims.id = "org_1";
  claims.role = "admin";
  claims.slug = "acme";
  claims.features = std::move(features);
  claims.permissions = std::move(permissions);
  claims.masks = std::move(masks);
  return claims;
}

/// `p0,p1,…`
std::string manyPermissions(int count) {
  std::string list = "p0";
  for (int i = 1; i < count; ++i) list += ",p" + std::to_string(i);
  return list;
}

Permissions permissionsOf(const clerk::detail::OrganizationClaimsV2& claims) {
  return clerk::detail::decodeOrganization(claims).value().value().permissions;
}

}  // namespace

TEST_CASE("version 2 permissions are the set bits of each organization feature") {
  const auto [features, names, masks, expected] = GENERATE(table<std::string, std::string, std::string, Permissions>({
      {"o:dashboard,o:teams", "manage,read", "3,2", {"org:dashboard:manage", "org:dashboard:read", "org:teams:read"}},
      {"o:dashboard,o:impersonation",
       "read,manage",
       "3,2",
       {"org:dashboard:read", "org:dashboard:manage", "org:impersonation:manage"}},
      {"u:profile,o:dashboard,o:teams", "read,manage", "1,2", {"org:dashboard:read", "org:teams:manage"}},
      {"uo:profile,o:dashboard", "read,manage", "1,2", {"org:profile:read", "org:dashboard:manage"}},
      {"ou:profile,o:dashboard", "read,manage", "1,2", {"org:profile:read", "org:dashboard:manage"}},
      {"o:a,o:b,o:c", "r,w", "3", {"org:a:r", "org:a:w"}},
      {"o:a", "r,w", "1,2,3", {"org:a:r"}},
      {"o:a", "r,w", "7", {"org:a:r", "org:a:w"}},
      {"o:a,o:b", "r,w", "0,3", {"org:b:r", "org:b:w"}},
      {"o:a", "r,w", "003", {"org:a:r", "org:a:w"}},
      {" o:a , o:b ", " r , w ", " 1 , 2 ", {"org:a:r", "org:b:w"}},
      {"\u00A0o:a\u3000\t,\u2028o:b", "\uFEFFr\u00A0,w\u200A", "\u205F1 \u00A0,2\n", {"org:a:r", "org:b:w"}},
      {"o:a,o:b", "r,w", "x,3", {"org:b:r", "org:b:w"}},
      {"o:a,o:b", "r,w", ",3", {"org:b:r", "org:b:w"}},
      {"x:a,o:b", "r", "1", {"org:b:r"}},
      {"o:a:b", "r", "1", {"org:a:b:r"}},
      {"o:repositories,o:projects",
       "read,create,update,delete,revoke",
       "7,21",
       {"org:repositories:read", "org:repositories:create", "org:repositories:update", "org:projects:read",
        "org:projects:update", "org:projects:revoke"}},
  }));
  CAPTURE(features, names, masks);
  CHECK(permissionsOf(claimsV2(features, names, masks)) == expected);
}

TEST_CASE("without features, names or readable masks there are no permissions") {
  const auto [features, names, masks] = GENERATE(table<std::string, std::string, std::string>({
      {"o:a", "", "1"},
      {"o:a", "r", ""},
      {"", "r", "1"},
      {"u:a", "r", "1"},
      {"o:a", "r,w", "0x3"},
      {"o:a", "r,w", "-1"},
      {"o:a", "r,w", "+1"},
      {"o:a", "r,w", "1.0"},
      {"o:a", "r,w", "1e1"},
      {"o:a", "r,w", "1 1"},
  }));
  CAPTURE(features, names, masks);
  CHECK(permissionsOf(claimsV2(features, names, masks)).empty());
}

TEST_CASE("masks have any number of bits") {
  const auto [count, mask, expected] = GENERATE(table<int, std::string, Permissions>({
      {65, "9223372036854775809", {"org:f:p0", "org:f:p63"}},
      {65, "18446744073709551616", {"org:f:p64"}},
      {54, "9007199254740993", {"org:f:p0", "org:f:p53"}},
      {32, "4294967296", {}},
      {33, "4294967296", {"org:f:p32"}},
      {129, "340282366920938463463374607431768211457", {"org:f:p0", "org:f:p128"}},
  }));
  CAPTURE(count, mask);
  CHECK(permissionsOf(claimsV2("o:f", manyPermissions(count), mask)) == expected);
}

TEST_CASE("version 2 names the organization in short") {
  const auto organization = clerk::detail::decodeOrganization(claimsV2("", "", "")).value().value();
  CHECK(organization.id == "org_1");
  CHECK(organization.role == "org:admin");
  CHECK(organization.slug == "acme");
}

TEST_CASE("an organization without a role has none") {
  auto claims = claimsV2("o:a", "r", "1");
  claims.role.clear();
  CHECK(clerk::detail::decodeOrganization(claims).value().value().role.empty());
}

TEST_CASE("the prefix of a version 2 role is added blindly") {
  auto claims = claimsV2("", "", "");
  claims.role = "org:admin";
  CHECK(clerk::detail::decodeOrganization(claims).value().value().role == "org:org:admin");
}

TEST_CASE("a malformed feature list discredits the token while an organization is active") {
  const std::string features = GENERATE("dashboard", "o:a,", ",o:a", "o:a,dashboard", ",", "u:a,b");
  CAPTURE(features);
  auto claims = claimsV2(features, "r", "1");
  CHECK(clerk::detail::decodeOrganization(claims).error().code == liveblocks::Errc::badClaim);
  claims.present = false;
  CHECK_FALSE(clerk::detail::decodeOrganization(claims).value());
}

TEST_CASE("claims of the wrong type discredit the token") {
  auto v2 = claimsV2("o:a", "r", "1");
  v2.mistyped = true;
  CHECK(clerk::detail::decodeOrganization(v2).error().code == liveblocks::Errc::badClaim);
  clerk::detail::OrganizationClaimsV1 v1;
  v1.mistyped = true;
  CHECK(clerk::detail::decodeOrganization(v1).error().code == liveblocks::Errc::badClaim);
}

TEST_CASE("an organization without an id is ignored") {
  auto v2 = claimsV2("o:a", "r", "1");
  v2.id.clear();
  CHECK_FALSE(clerk::detail::decodeOrganization(v2).value());
  clerk::detail::OrganizationClaimsV1 v1;
  v1.role = "org:admin";
  CHECK_FALSE(clerk::detail::decodeOrganization(v1).value());
}

TEST_CASE("version 1 claims are taken as they are") {
  clerk::detail::OrganizationClaimsV1 claims;
  claims.id = "org_1";
  claims.role = "admin";
  claims.slug = "acme";
  claims.permissions = {"org:dashboard:read", "teams:read"};
  const auto organization = clerk::detail::decodeOrganization(claims).value().value();
  CHECK(organization.id == "org_1");
  CHECK(organization.role == "admin");
  CHECK(organization.slug == "acme");
  CHECK(organization.permissions == Permissions{"org:dashboard:read", "teams:read"});
}

TEST_CASE("the texts of permissions are bounded") {
  const std::string feature(clerk::detail::maxPermissionText / 2 - 6, 'f');
  CHECK(permissionsOf(claimsV2("o:" + feature, "a,b", "3")).size() == 2);
  CHECK(clerk::detail::decodeOrganization(claimsV2("o:" + feature + "f", "a,b", "3")).error().code ==
        liveblocks::Errc::badClaim);
  CHECK(permissionsOf(claimsV2("o:" + feature.substr(1), "a,b", "3")).size() == 2);
}
