#include "testing/fake_clerk/user_json.hpp"

#include <array>
#include <cstdint>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

constexpr std::int64_t createdAt = 1735689600000;

Json orNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

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

/// What tests of other people's code seldom ask for, as of a user who has just signed up.
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
  for (const char* name : {"created_at", "updated_at"}) members.set(name, createdAt);
}

}  // namespace

JsonMembers userMembers(const FakeUser& user) {
  JsonMembers members;
  setProfile(members, user);
  setTheRest(members);
  members.setAll(user.members);
  return members;
}

Json userJson(const FakeUser& user) { return Json::parse(userMembers(user).text()); }

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
