#include "testing/fake_frontend_api/browsers.hpp"

#include <utility>
#include <vector>

#include "testing/fake_clerk/resources.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

constexpr const char* devBrowserName = "__clerk_db_jwt";

}  // namespace

void Browsers::startRequest() { clients_.expire(instance_->now()); }

Client* Browsers::find(const Request& request) {
  if (!instance_->isDevelopment()) return findByCookie(request, "__client");
  if (const std::string* const id = findParameter(request.query, devBrowserName)) return findBySecret(*id);
  Client* const client = findByCookie(request, instance_->cookies().suffixed(devBrowserName));
  return client != nullptr ? client : findByCookie(request, devBrowserName);
}

const Session* Browsers::findAsking(const Request& request) {
  Client* const client = find(request);
  if (client == nullptr) return nullptr;
  const std::string* const id = findParameter(request.query, "_clerk_session_id");
  return id != nullptr ? client->find(*id) : client->lastActive();
}

Session* Browsers::findSession(const Request& request) {
  Client* const client = find(request);
  return client != nullptr ? client->find(request.id) : nullptr;
}

std::pair<Client*, Session*> Browsers::findSessionOf(std::string_view userId, std::string_view id) {
  for (Client& client : clients_.all()) {
    Session* const session = client.find(id);
    if (session != nullptr && session->userId == userId) return {&client, session};
  }
  return {};
}

std::vector<const Session*> Browsers::sessionsOf(std::string_view userId) const {
  std::vector<const Session*> sessions;
  for (const Client& client : clients_.all()) {
    for (const Session& session : client.sessions) {
      if (session.userId == userId) sessions.push_back(&session);
    }
  }
  return sessions;
}

Client& Browsers::add() {
  return clients_.add((instance_->isDevelopment() ? "dvb_" : "") + randomText(), instance_->now());
}

Client* Browsers::findByCookie(const Request& request, const std::string& name) {
  for (const std::string_view secret : request.cookies(name)) {
    if (Client* const client = findBySecret(secret)) return client;
  }
  return nullptr;
}

Client* Browsers::findBySecret(std::string_view secret) {
  Client* const client = clients_.find(secret);
  if (client != nullptr) bringUpToDate(*client);
  return client;
}

void Browsers::bringUpToDate(Client& client) {
  std::vector<Session> sessions;
  for (Session& session : client.sessions) {
    const FakeUser* const user = instance_->findUser(session.userId);
    if (user == nullptr) continue;
    if (findMembership(*user, session.organizationId) == nullptr) session.organizationId.clear();
    sessions.push_back(std::move(session));
  }
  client.sessions = std::move(sessions);
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
