#include "testing/fake_frontend_api/instance.hpp"

#include <cstdint>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/rsa_signer.hpp"

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

/// Clerk shows private metadata only to the Backend API.
Json browserUserJson(const FakeUser& user) {
  JsonMembers members = userMembers(user);
  members.set("private_metadata", std::nullopt);
  members.set("organization_memberships", membershipsJson(user));
  return Json::parse(members.text());
}

/// `status` is `active`, `ended`, `removed` or `revoked`.
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

}  // namespace

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

Instance::Instance(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options)
    : clerk_(std::move(clerk)),
      options_(std::move(options)),
      isDevelopment_(ascii::startsWith(clerk_->issuer().publishableKey(), "pk_test_")),
      cookies_(clerk_->issuer().publishableKey(), options_),
      now_(options_.clock->wall()) {}

void Instance::startRequest() {
  now_ = options_.clock->wall();
  users_.clear();
}

const FakeUser* Instance::findUser(const std::string& id) {
  const auto entry = users_.try_emplace(id);
  std::optional<FakeUser>& user = entry.first->second;
  if (entry.second) user = clerk_->user(id);
  return user ? &*user : nullptr;
}

std::string Instance::token(const Session& session, const FakeUser& user, const std::string& organizationId) const {
  SessionTokenSpec spec;
  spec.userId = user.id;
  spec.sessionId = session.id;
  spec.authorizedParty = options_.pageOrigin;
  spec.issuedAt = now_;
  spec.lifetime = options_.tokenLifetime;
  spec.claims = {{"jti", Json(randomText())}};
  const FakeMembership* const membership = findMembership(user, organizationId);
  if (membership != nullptr) spec.organization = organizationOf(*membership);
  return clerk_->issuer().sessionToken(spec);
}

Json Instance::show(const Session& session) {
  const FakeUser& user = *findUser(session.userId);
  return sessionJson(session, user, "active", tokenJson(token(session, user, session.organizationId)));
}

Json Instance::showEnded(const Session& session, const char* status) {
  return sessionJson(session, *findUser(session.userId), status, Json());
}

Json Instance::show(const Client& client) {
  std::vector<Json> sessions;
  for (const Session& session : client.sessions) sessions.push_back(show(session));
  return clientJson(client, sessions);
}

Json Instance::show(const Client* client) { return client != nullptr ? show(*client) : Json(); }

http::Response Instance::withCookies(http::Response response, const Client* client) const {
  if (isDevelopment_) return response;
  for (std::string& line : cookies_.clientUat(client)) response.headers.push_back({"Set-Cookie", std::move(line)});
  return response;
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
