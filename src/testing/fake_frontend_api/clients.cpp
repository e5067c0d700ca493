#include "testing/fake_frontend_api/clients.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <liveblocks/testing/fake_frontend_api.hpp>

#include "testing/random_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

template <class Condition>
void removeIf(std::vector<Session>& sessions, const Condition& condition) {
  sessions.erase(std::remove_if(sessions.begin(), sessions.end(), condition), sessions.end());
}

}  // namespace

Session* Client::find(std::string_view sessionId) noexcept {
  const auto found =
      std::find_if(sessions.begin(), sessions.end(), [&](const Session& s) { return s.id == sessionId; });
  return found == sessions.end() ? nullptr : &*found;
}

const Session* Client::lastActive() const noexcept {
  const auto wasUsedLast = [&](const Session& session) { return session.id == lastActiveSessionId; };
  const auto found = std::find_if(sessions.begin(), sessions.end(), wasUsedLast);
  if (found != sessions.end()) return &*found;
  return sessions.empty() ? nullptr : &sessions.back();
}

void Client::remove(std::string_view sessionId) {
  removeIf(sessions, [&](const Session& session) { return session.id == sessionId; });
}

Client& Clients::add(std::string secret, Time now) {
  if (clients_.size() == FakeFrontendApi::maxClients) forgetOne();
  Client client;
  client.id = "client_" + randomText();
  client.secret = std::move(secret);
  client.createdAt = now;
  client.updatedAt = now;
  return clients_.emplace_front(std::move(client));
}

Client* Clients::find(std::string_view secret) {
  const auto found =
      std::find_if(clients_.begin(), clients_.end(), [&](const Client& client) { return client.secret == secret; });
  if (found == clients_.end()) return nullptr;
  clients_.splice(clients_.begin(), clients_, found);
  return &clients_.front();
}

void Clients::expire(Time now) {
  for (Client& client : clients_) {
    removeIf(client.sessions, [&](const Session& session) { return session.expiresAt <= now; });
  }
}

void Clients::forgetOne() {
  const auto isIdle = [](const Client& client) { return client.sessions.empty(); };
  const auto idle = std::find_if(clients_.rbegin(), clients_.rend(), isIdle);
  clients_.erase(idle != clients_.rend() ? std::prev(idle.base()) : std::prev(clients_.end()));
}

void Clients::endSessions(std::string_view userId) {
  for (Client& client : clients_) {
    removeIf(client.sessions, [&](const Session& session) { return session.userId == userId; });
  }
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
