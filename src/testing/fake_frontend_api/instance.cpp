#include "testing/fake_frontend_api/instance.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "core/base64.hpp"
#include "core/text.hpp"
#include "crypto/hash.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/fake_server.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

template <class Condition>
void removeIf(std::vector<Session>& sessions, const Condition& condition) {
  sessions.erase(std::remove_if(sessions.begin(), sessions.end(), condition), sessions.end());
}

constexpr const char* oneYear = "; Max-Age=31536000";
constexpr const char* aMoment = "; Max-Age=5";
constexpr const char* everywhere = "; Path=/";

std::string attributesFor(std::string_view pageOrigin) {
  return ascii::startsWith(pageOrigin, "https:") ? "; Secure; SameSite=Lax" : "; SameSite=Lax";
}

std::string secondsOf(Time time) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

std::int64_t millisecondsOf(Time time) {
  return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
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

http::Response malformed(const std::string& what) {
  return refused(400, "malformed_request_parameters", what + " is unreadable: it must be form-urlencoded UTF-8.");
}

std::string methodOf(const http::RequestView& received, const Parameters& query) {
  const std::string* const other = received.method == "POST" ? findParameter(query, "_method") : nullptr;
  return other != nullptr ? *other : std::string(received.method);
}

void addCookies(std::string_view header, std::string_view name, std::vector<std::string_view>& values) {
  while (!header.empty()) {
    const auto [pair, rest] = ascii::splitOnce(header, ';');
    header = rest;
    const auto [cookieName, value] = ascii::splitOnce(pair, '=');
    if (ascii::trim(cookieName) == name) values.push_back(ascii::trim(value));
  }
}

constexpr const char* devBrowserName = "__clerk_db_jwt";

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

const std::string* findParameter(const Parameters& parameters, std::string_view name) noexcept {
  const auto isNamed = [&](const auto& parameter) { return parameter.first == name; };
  const auto found = std::find_if(parameters.begin(), parameters.end(), isNamed);
  return found == parameters.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Request::cookies(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [headerName, header] : received->headers) {
    if (ascii::equalsIgnoringCase(headerName, "cookie")) addCookies(header, name, values);
  }
  return values;
}

std::variant<Request, http::Response> readRequest(const http::RequestView& received, std::string_view path) {
  if (received.url.size() > FakeFrontendApi::maxUrlBytes) return refused(414, "uri_too_long", "The URL is too long.");
  if (received.body.size() > FakeFrontendApi::maxBodyBytes) {
    return refused(413, "request_body_too_large", "The body is too long.");
  }
  const Target target = targetOf(received.url);
  auto query = readQuery(target.query);
  if (!query) return malformed("The query");
  auto form = readQuery(received.body);
  if (!form) return malformed("The body");
  std::string method = methodOf(received, *query);
  return Request{std::move(method), target.path.substr(path.size()), {}, *std::move(query), *std::move(form),
                 &received};
}

void Browsers::startRequest() { clients_.expire(instance_->now()); }

Client* Browsers::find(const Request& request) {
  if (!instance_->isDevelopment()) return findByCookie(request, "__client");
  if (const std::string* const id = findParameter(request.query, devBrowserName)) return findBySecret(*id);
  Client* const client = findByCookie(request, instance_->cookies().suffixed(devBrowserName));
  return client != nullptr ? client : findByCookie(request, devBrowserName);
}

const Session* Browsers::findOwnSession(const Request& request) {
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
