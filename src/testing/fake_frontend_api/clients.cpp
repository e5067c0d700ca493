#include "testing/fake_frontend_api/clients.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <liveblocks/testing/fake_frontend_api.hpp>

#include "core/base64.hpp"
#include "core/text.hpp"
#include "crypto/hash.hpp"
#include "testing/rsa_signer.hpp"

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

namespace {

constexpr const char* oneYear = "; Max-Age=31536000";
constexpr const char* aMoment = "; Max-Age=5";
constexpr const char* everywhere = "; Path=/";

std::string attributesFor(std::string_view pageOrigin) {
  return ascii::startsWith(pageOrigin, "https:") ? "; Secure; SameSite=Lax" : "; SameSite=Lax";
}

std::string secondsOf(Time time) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

}  // namespace

BrowserCookies::BrowserCookies(const std::string& publishableKey, const FakeFrontendApiOptions& options)
    : suffix_(base64url::encode(crypto::sha1(publishableKey)).substr(0, 8)),
      path_(options.path),
      lifetime_(std::to_string(options.sessionLifetime.count())),
      attributes_(attributesFor(options.pageOrigin)) {}

std::string BrowserCookies::client(const std::string& secret) const {
  return "__client=" + secret + "; Path=" + path_ + "; Max-Age=" + lifetime_ + "; HttpOnly" + attributes_;
}

std::vector<std::string> BrowserCookies::clientUat(const Client* client) const {
  const bool isSignedIn = client != nullptr && !client->sessions.empty();
  return both("__client_uat", (isSignedIn ? secondsOf(client->updatedAt) : "0") + everywhere + oneYear);
}

std::vector<std::string> BrowserCookies::session(const std::string& token) const {
  return both("__session", token + everywhere + oneYear);
}

std::vector<std::string> BrowserCookies::noSession() const {
  return both("__session", std::string(everywhere) + "; Max-Age=0");
}

std::vector<std::string> BrowserCookies::devBrowser(const std::string& id) const {
  return both("__clerk_db_jwt", id + everywhere + oneYear);
}

std::string BrowserCookies::handshake(const std::string& name, const std::string& value) const {
  return name + "=" + value + everywhere + aMoment + "; HttpOnly" + attributes_;
}

std::string BrowserCookies::suffixed(const std::string& name) const { return name + "_" + suffix_; }

std::vector<std::string> BrowserCookies::both(const std::string& name, const std::string& rest) const {
  return {name + "=" + rest + attributes_, suffixed(name) + "=" + rest + attributes_};
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
