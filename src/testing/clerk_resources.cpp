#include "testing/clerk_resources.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>

#include <liveblocks/testing/fake_transport.hpp>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

namespace {

constexpr std::string_view prefix = "org:";

std::string_view withoutPrefix(std::string_view text) {
  return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : text;
}

/// Returns the index of `name` in the list, after adding it if it is new.
std::size_t placeOf(std::string_view name, std::vector<std::string>& list) {
  const auto found = std::find(list.begin(), list.end(), name);
  const auto place = static_cast<std::size_t>(found - list.begin());
  if (found == list.end()) list.emplace_back(name);
  return place;
}

/// Returns the number that has these bits set, in decimal.
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

/// Permissions in the form of the claims `fea`, `per` and `fpm`.
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

http::Response found(const Json& resource) { return jsonResponse(200, resource.text()); }

http::Response refused(int status, const std::string& code, const std::string& message) {
  const Json error =
      Json::object({{"code", code}, {"message", message}, {"long_message", message}, {"meta", Json::object({})}});
  const Json body = Json::object({{"errors", Json::array({error})}, {"clerk_trace_id", "fake_trace"}});
  return jsonResponse(status, body.text());
}

Json orNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

http::Response notFound() { return refused(404, "resource_not_found", "The resource was not found."); }

namespace {

constexpr std::int64_t createdAt = 1735689600000;

std::string addressIdOf(const FakeUser& user) { return "idn_" + user.id; }

Json emailAddress(const FakeUser& user) {
  const Json verification = Json::object({{"object", "verification_ticket"},
                                          {"status", "verified"},
                                          {"strategy", "ticket"},
                                          {"attempts", nullptr},
                                          {"expire_at", nullptr}});
  return Json::object({{"id", addressIdOf(user)},
                       {"object", "email_address"},
                       {"email_address", user.emailAddress},
                       {"reserved", false},
                       {"verification", verification},
                       {"linked_to", Json::array({})},
                       {"created_at", createdAt},
                       {"updated_at", createdAt}});
}

void setProfile(JsonMembers& members, const FakeUser& user) {
  const bool hasAddress = !user.emailAddress.empty();
  members.set("id", user.id);
  members.set("object", "user");
  members.set("username", orNull(user.username));
  members.set("first_name", orNull(user.firstName));
  members.set("last_name", orNull(user.lastName));
  members.set("image_url", user.imageUrl);
  members.set("has_image", !user.imageUrl.empty());
  members.set("primary_email_address_id", hasAddress ? Json(addressIdOf(user)) : Json());
  members.set("email_addresses", hasAddress ? Json::array({emailAddress(user)}) : Json::array({}));
}

void setTimes(JsonMembers& members) {
  for (const char* name : {"created_at", "updated_at"}) members.set(name, createdAt);
}

/// Members that tests seldom need, with the values of a user who has just signed up.
void setTheRest(JsonMembers& members) {
  for (const char* name :
       {"primary_phone_number_id", "primary_web3_wallet_id", "external_id", "last_sign_in_at", "last_active_at",
        "timezone", "lockout_expires_in_seconds", "verification_attempts_remaining", "create_organizations_limit",
        "legal_accepted_at", "locale", "password_last_updated_at", "organization_memberships"}) {
    members.set(name, nullptr);
  }
  for (const char* name : {"password_enabled", "two_factor_enabled", "totp_enabled", "backup_code_enabled", "banned",
                           "locked", "deprovisioned"}) {
    members.set(name, false);
  }
  for (const char* name : {"create_organization_enabled", "delete_self_enabled"}) members.set(name, true);
  for (const char* name : {"phone_numbers", "web3_wallets", "external_accounts", "enterprise_accounts"}) {
    members.set(name, Json::array({}));
  }
  for (const char* name : {"public_metadata", "private_metadata", "unsafe_metadata"}) {
    members.set(name, Json::object({}));
  }
  setTimes(members);
}

JsonMembers userMembers(const FakeUser& user) {
  JsonMembers members;
  setProfile(members, user);
  setTheRest(members);
  members.setAll(user.members);
  return members;
}

/// Describes an organization as both APIs do.
JsonMembers organizationMembers(const FakeOrganization& organization) {
  JsonMembers members;
  members.set("object", "organization");
  members.set("id", organization.id);
  members.set("name", organization.name.empty() ? organization.id : organization.name);
  members.set("slug", orNull(organization.slug));
  members.set("image_url", "");
  members.set("has_image", false);
  members.set("public_metadata", Json::object({}));
  return members;
}

JsonMembers membershipMembers(const FakeUser& user, const FakeMembership& membership) {
  JsonMembers members;
  members.set("object", "organization_membership");
  members.set("id", "orgmem_" + membership.organizationId + "_" + user.id);
  members.set("role", membership.role);
  members.set("permissions", jsonArray(membership.permissions));
  members.set("public_metadata", Json::object({}));
  return members;
}

Json browserMembershipJson(const FakeUser& user, const FakeMembership& membership) {
  const FakeOrganization organization{membership.organizationId, membership.name, membership.slug};
  JsonMembers members = membershipMembers(user, membership);
  members.set("organization", Json::parse(organizationMembers(organization).text()));
  return Json::parse(members.text());
}

/// What others see of a user.
Json publicUserJson(const FakeUser& user) {
  return Json::object({{"user_id", user.id},
                       {"identifier", user.emailAddress.empty() ? user.username : user.emailAddress},
                       {"first_name", orNull(user.firstName)},
                       {"last_name", orNull(user.lastName)},
                       {"image_url", user.imageUrl},
                       {"has_image", !user.imageUrl.empty()}});
}

Json membershipsJson(const FakeUser& user) {
  std::vector<Json> list;
  for (const FakeMembership& membership : user.memberships) list.push_back(browserMembershipJson(user, membership));
  return jsonArray(list);
}

}  // namespace

Json userJson(const FakeUser& user) { return Json::parse(userMembers(user).text()); }

Json browserUserJson(const FakeUser& user) {
  JsonMembers members = userMembers(user);
  members.set("private_metadata", std::nullopt);
  members.set("organization_memberships", membershipsJson(user));
  return Json::parse(members.text());
}

Json organizationJson(const FakeOrganization& organization, std::optional<std::size_t> membersCount) {
  JsonMembers members = organizationMembers(organization);
  members.set("private_metadata", Json::object({}));
  members.set("max_allowed_memberships", 0);
  members.set("admin_delete_enabled", true);
  setTimes(members);
  if (membersCount) members.set("members_count", Json(*membersCount));
  members.setAll(organization.members);
  return Json::parse(members.text());
}

Json membershipJson(const FakeUser& user, const FakeMembership& membership, const FakeOrganization& organization) {
  JsonMembers members = membershipMembers(user, membership);
  members.set("private_metadata", Json::object({}));
  members.set("organization", organizationJson(organization, std::nullopt));
  members.set("public_user_data", publicUserJson(user));
  setTimes(members);
  return Json::parse(members.text());
}

Json sessionJson(const FakeSession& session) {
  JsonMembers members;
  members.set("object", "session");
  members.set("id", session.id);
  members.set("client_id", session.clientId);
  members.set("user_id", session.userId);
  members.set("status", session.status);
  members.setUnlessEmpty("last_active_organization_id", session.organizationId);
  members.set("actor", nullptr);
  for (const char* name : {"last_active_at", "expire_at", "abandon_at"}) members.set(name, createdAt);
  setTimes(members);
  members.setAll(session.members);
  return Json::parse(members.text());
}

Json tokenJson(const std::string& token) { return Json::object({{"object", "token"}, {"jwt", token}}); }

Json signInJson(const std::string& id, const std::string& sessionId) {
  return Json::object({{"object", "sign_in"}, {"id", id}, {"status", "complete"}, {"created_session_id", sessionId}});
}

Json environmentJson(const FakeFrontendApiOptions& options) {
  JsonMembers display;
  display.set("object", "display_config");
  display.setUnlessEmpty("sign_in_url", options.signInUrl);
  const Json auth = Json::object({{"object", "auth_config"}, {"single_session_mode", options.singleSession}});
  return Json::object({{"object", "environment"},
                       {"auth_config", auth},
                       {"display_config", Json::parse(display.text())},
                       {"organization_settings", Json::object({{"enabled", true}})}});
}

namespace {

constexpr std::string_view idPrefix = "org_";

bool isSameOrganization(const FakeMembership& a, const FakeMembership& b) {
  return a.organizationId == b.organizationId || (!a.slug.empty() && a.slug == b.slug);
}

}  // namespace

void checkMembership(const FakeMembership& membership) {
  if (!ascii::startsWith(membership.organizationId, idPrefix) || membership.organizationId.size() == idPrefix.size()) {
    throw std::invalid_argument(
        "the id of an organization must begin with org_, otherwise it would be taken for a slug");
  }
  if (ascii::startsWith(membership.slug, idPrefix)) {
    throw std::invalid_argument(
        "the slug of an organization must not begin with org_, otherwise it would be taken for an id");
  }
  JsonMembers claims;
  setOrganizationV2(claims, organizationOf(membership));
}

void checkMemberships(const FakeUser& user) {
  const auto& all = user.memberships;
  for (auto membership = all.begin(); membership != all.end(); ++membership) {
    checkMembership(*membership);
    const auto isSame = [&](const FakeMembership& other) { return isSameOrganization(other, *membership); };
    if (std::any_of(all.begin(), membership, isSame)) {
      throw std::invalid_argument(
          "a user cannot have two memberships of the same organization: ids and slugs must differ");
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
