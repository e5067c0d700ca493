#include "testing/fake_frontend_api/resources.hpp"

#include <cstdint>

#include "testing/fake_clerk/resources.hpp"
#include "testing/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

std::int64_t millisecondsOf(Time time) {
  return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

Json orNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json organizationJson(const FakeMembership& membership) {
  const std::string& name = membership.name.empty() ? membership.organizationId : membership.name;
  return Json::object({{"object", "organization"},
                       {"id", membership.organizationId},
                       {"name", name},
                       {"slug", orNull(membership.slug)},
                       {"image_url", ""},
                       {"has_image", false},
                       {"public_metadata", Json::object({})}});
}

Json membershipJson(const FakeUser& user, const FakeMembership& membership) {
  return Json::object({{"object", "organization_membership"},
                       {"id", "orgmem_" + membership.organizationId + "_" + user.id},
                       {"role", membership.role},
                       {"permissions", jsonArray(membership.permissions)},
                       {"public_metadata", Json::object({})},
                       {"organization", organizationJson(membership)}});
}

Json membershipsJson(const FakeUser& user) {
  std::vector<Json> list;
  for (const FakeMembership& membership : user.memberships) list.push_back(membershipJson(user, membership));
  return jsonArray(list);
}

}  // namespace

Json browserUserJson(const FakeUser& user) {
  JsonMembers members = userMembers(user);
  members.set("private_metadata", std::nullopt);
  members.set("organization_memberships", membershipsJson(user));
  return Json::parse(members.text());
}

Json sessionJson(const Session& session, const FakeUser& user, const std::string& status, const Json& lastActiveToken) {
  return Json::object({{"object", "session"},
                       {"id", session.id},
                       {"status", status},
                       {"expire_at", millisecondsOf(session.expiresAt)},
                       {"abandon_at", millisecondsOf(session.expiresAt)},
                       {"last_active_at", millisecondsOf(session.lastActiveAt)},
                       {"last_active_organization_id", orNull(session.organizationId)},
                       {"last_active_token", lastActiveToken},
                       {"actor", nullptr},
                       {"user", browserUserJson(user)},
                       {"created_at", millisecondsOf(session.createdAt)},
                       {"updated_at", millisecondsOf(session.lastActiveAt)}});
}

Json clientJson(const Client& client, const std::vector<Json>& sessions) {
  const Session* const lastActive = client.lastActive();
  return Json::object({{"object", "client"},
                       {"id", client.id},
                       {"sessions", jsonArray(sessions)},
                       {"sign_in", nullptr},
                       {"sign_up", nullptr},
                       {"last_active_session_id", lastActive != nullptr ? Json(lastActive->id) : Json()},
                       {"created_at", millisecondsOf(client.createdAt)},
                       {"updated_at", millisecondsOf(client.updatedAt)}});
}

Json sessionActivityJson(const Session& session) {
  const Json activity = Json::object({{"object", "session_activity"}, {"id", "sess_activity_" + session.id}});
  return Json::object({{"object", "session"},
                       {"id", session.id},
                       {"status", "active"},
                       {"expire_at", millisecondsOf(session.expiresAt)},
                       {"abandon_at", millisecondsOf(session.expiresAt)},
                       {"last_active_at", millisecondsOf(session.lastActiveAt)},
                       {"latest_activity", activity},
                       {"actor", nullptr}});
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

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
