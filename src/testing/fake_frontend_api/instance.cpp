#include "testing/fake_frontend_api/instance.hpp"

#include <utility>
#include <vector>

#include "core/text.hpp"
#include "testing/fake_clerk/resources.hpp"
#include "testing/fake_frontend_api/resources.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

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
