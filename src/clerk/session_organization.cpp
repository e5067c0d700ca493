#include "clerk/session_organization.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "clerk/organization.hpp"
#include "core/ascii.hpp"
#include "core/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

bool isNull(std::string_view json) noexcept { return json.empty() || json == "null"; }

void readText(std::string_view json, std::string& text, bool& mistyped) {
  if (isNull(json)) return;
  auto value = json::toString(json);
  if (value) {
    text = *std::move(value);
  } else {
    mistyped = true;
  }
}

void readTexts(std::string_view json, std::vector<std::string>& texts, bool& mistyped) {
  if (isNull(json)) return;
  mistyped = mistyped || json.front() != '[';
  for (const std::string_view item : json::items(json)) {
    auto text = json::toString(item);
    mistyped = mistyped || !text;
    if (text) texts.push_back(*std::move(text));
  }
}

OrganizationClaimsV1 readVersion1(const jwt::Claims& claims) {
  OrganizationClaimsV1 result;
  readText(claims.find("org_id"), result.id, result.mistyped);
  readText(claims.find("org_role"), result.role, result.mistyped);
  readText(claims.find("org_slug"), result.slug, result.mistyped);
  readTexts(claims.find("org_permissions"), result.permissions, result.mistyped);
  return result;
}

OrganizationClaimsV2 readVersion2(const jwt::Claims& claims) {
  OrganizationClaimsV2 result;
  const std::string_view organization = claims.find("o");
  if (isNull(organization)) return result;
  result.present = true;
  result.mistyped = organization.front() != '{';
  const auto members = json::members(organization);
  readText(json::findMember(members, "id"), result.id, result.mistyped);
  readText(json::findMember(members, "rol"), result.role, result.mistyped);
  readText(json::findMember(members, "slg"), result.slug, result.mistyped);
  readText(json::findMember(members, "per"), result.permissions, result.mistyped);
  readText(json::findMember(members, "fpm"), result.masks, result.mistyped);
  readText(claims.find("fea"), result.features, result.mistyped);
  return result;
}

bool isPlain(std::string_view text) noexcept { return std::none_of(text.begin(), text.end(), ascii::isControl); }

/// What is compared, logged and put into headers has no control characters, as `sub` has none.
bool isPlain(const Organization& organization) {
  const auto isPlainText = [](const std::string& text) { return isPlain(text); };
  return isPlain(organization.id) && isPlain(organization.role) && isPlain(organization.slug) &&
         std::all_of(organization.permissions.begin(), organization.permissions.end(), isPlainText);
}

}  // namespace

std::optional<Error> readOrganization(const jwt::Claims& claims, std::optional<Organization>& organization) {
  const bool isVersion2 = json::toInteger(claims.find("v")) == 2;
  auto decoded = isVersion2 ? decodeOrganization(readVersion2(claims)) : decodeOrganization(readVersion1(claims));
  if (!decoded) return decoded.error();
  if (*decoded && !isPlain(**decoded)) return Error{Errc::badClaim, "an organization claim has control characters"};
  organization = *std::move(decoded);
  return std::nullopt;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
