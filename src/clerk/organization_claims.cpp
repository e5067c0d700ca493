#include "clerk/organization_claims.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/json_members.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

std::optional<std::string_view> ListElements::next() noexcept {
  if (isAtEnd_) return std::nullopt;
  const std::size_t comma = rest_.find(',');
  const std::string_view element = rest_.substr(0, comma);
  isAtEnd_ = comma == std::string_view::npos;
  if (!isAtEnd_) rest_.remove_prefix(comma + 1);
  return utf8::trim(element);
}

std::optional<ScopedName> readScopedName(std::string_view element) noexcept {
  const std::size_t colon = element.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view scope = element.substr(0, colon);
  const bool isOfBoth = scope == "uo" || scope == "ou";
  return ScopedName{element.substr(colon + 1), isOfBoth || scope == "o", isOfBoth || scope == "u"};
}

namespace {

using StringViews = std::vector<std::string_view>;

Error invalidClaim(const char* message) { return {Errc::badClaim, message}; }

StringViews splitList(std::string_view list) {
  StringViews result;
  ListElements elements(list);
  while (const auto element = elements.next()) result.push_back(*element);
  return result;
}

/// The names of the organization's features; nullopt if the list is malformed.
std::optional<StringViews> organizationFeatures(std::string_view list) {
  StringViews names;
  ListElements elements(list);
  while (const auto element = elements.next()) {
    const auto feature = readScopedName(*element);
    if (!feature) return std::nullopt;
    if (feature->ofOrganization) names.push_back(feature->name);
  }
  return names;
}

/// The lowest `count` bits of a decimal number; no bit is set if the string is not a decimal number.
class LowBits {
 public:
  LowBits(std::string_view decimal, std::size_t count) : others_(count / 32) {
    if (!std::all_of(decimal.begin(), decimal.end(), ascii::isDigit)) return;
    for (const char digit : decimal) appendDigit(static_cast<unsigned>(digit - '0'));
  }

  bool test(std::size_t bit) const {
    const std::uint32_t word = bit < 32 ? first_ : others_[bit / 32 - 1];
    return (word >> (bit % 32) & 1U) != 0;
  }

 private:
  void appendDigit(std::uint64_t carry) {
    appendDigit(first_, carry);
    for (std::uint32_t& word : others_) appendDigit(word, carry);
  }

  static void appendDigit(std::uint32_t& word, std::uint64_t& carry) {
    carry += std::uint64_t{word} * 10;
    word = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }

  std::uint32_t first_ = 0;
  /// Few organizations have so many permissions that these are needed.
  std::vector<std::uint32_t> others_;
};

/// nullopt if they exceed `maxPermissionText`.
std::optional<std::vector<std::string>> grantedPermissions(const StringViews& features, const StringViews& names,
                                                           const StringViews& masks) {
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
  if (claims.mistyped) return invalidClaim("an organization claim has the wrong type");
  if (claims.id.empty()) return std::optional<Organization>();
  return std::optional(Organization{claims.id, claims.role, claims.slug, claims.permissions});
}

Result<std::optional<Organization>> decodeOrganization(const OrganizationClaimsV2& claims) {
  if (claims.mistyped) return invalidClaim("an organization claim has the wrong type");
  if (!claims.present) return std::optional<Organization>();
  const std::optional<StringViews> features = organizationFeatures(claims.features);
  if (!features) return invalidClaim("the claim \"fea\" has an element without a scope");
  if (claims.id.empty()) return std::optional<Organization>();
  auto permissions = grantedPermissions(*features, splitList(claims.permissions), splitList(claims.masks));
  if (!permissions) return invalidClaim("the organization has too many permissions");
  const std::string role = claims.role.empty() ? "" : "org:" + claims.role;
  return std::optional(Organization{claims.id, role, claims.slug, *std::move(permissions)});
}

namespace {

bool isNull(std::string_view json) noexcept { return json.empty() || json == "null"; }

void readString(std::string_view json, std::string& text, bool& mistyped) {
  if (isNull(json)) return;
  auto value = json::toString(json);
  if (value) {
    text = *std::move(value);
  } else {
    mistyped = true;
  }
}

void readStrings(std::string_view json, std::vector<std::string>& texts, bool& mistyped) {
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
  readString(claims.find("org_id"), result.id, result.mistyped);
  readString(claims.find("org_role"), result.role, result.mistyped);
  readString(claims.find("org_slug"), result.slug, result.mistyped);
  readStrings(claims.find("org_permissions"), result.permissions, result.mistyped);
  return result;
}

OrganizationClaimsV2 readVersion2(const jwt::Claims& claims) {
  OrganizationClaimsV2 result;
  const std::string_view organization = claims.find("o");
  if (isNull(organization)) return result;
  result.present = true;
  result.mistyped = organization.front() != '{';
  const auto members = json::members(organization);
  readString(json::findMember(members, "id"), result.id, result.mistyped);
  readString(json::findMember(members, "rol"), result.role, result.mistyped);
  readString(json::findMember(members, "slg"), result.slug, result.mistyped);
  readString(json::findMember(members, "per"), result.permissions, result.mistyped);
  readString(json::findMember(members, "fpm"), result.masks, result.mistyped);
  readString(claims.find("fea"), result.features, result.mistyped);
  return result;
}

bool isPlain(std::string_view text) noexcept { return std::none_of(text.begin(), text.end(), ascii::isControl); }

/// StringViews that are compared, logged and put into headers must have no control characters.
bool isPlain(const Organization& organization) {
  const auto isPlainString = [](const std::string& text) { return isPlain(text); };
  return isPlain(organization.id) && isPlain(organization.role) && isPlain(organization.slug) &&
         std::all_of(organization.permissions.begin(), organization.permissions.end(), isPlainString);
}

}  // namespace

Result<std::optional<Organization>> readOrganization(const jwt::Claims& claims) {
  const bool isVersion2 = json::toInteger(claims.find("v")) == 2;
  auto organization = isVersion2 ? decodeOrganization(readVersion2(claims)) : decodeOrganization(readVersion1(claims));
  if (organization && *organization && !isPlain(**organization)) {
    return invalidClaim("an organization claim has control characters");
  }
  return organization;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
