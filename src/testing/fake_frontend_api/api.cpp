#include "testing/fake_frontend_api/api.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "ascii.hpp"
#include "testing/fake_clerk/answers.hpp"
#include "testing/fake_clerk/memberships.hpp"
#include "testing/fake_frontend_api/resources.hpp"
#include "testing/fake_frontend_api/return_url.hpp"
#include "testing/json_members.hpp"
#include "testing/random_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

constexpr const char* devBrowserName = "__clerk_db_jwt";

http::Response unknownDevBrowser() {
  return refused(401, "dev_browser_unauthenticated", "The request names no dev browser that is known.");
}

/// The same for a session that is over, one of another browser and one that never was.
http::Response signedOut() { return refused(401, "authentication_invalid", "The session is not signed in here."); }

http::Response invalid(const std::string& message) { return refused(422, "form_param_value_invalid", message); }

http::Response notAMember() {
  return refused(404, "resource_not_found", "The user does not belong to such an organization.");
}

}  // namespace

struct Api::Route {
  std::string_view method;
  /// `*` stands for an id.
  std::string_view path;
  Handler handler;
  /// Whether only browsers that are known may ask, where the instance knows browsers.
  bool needsBrowser = true;

  /// Sets the id when it fits.
  bool fits(const Request& request, std::string& id) const {
    const auto [front, back] = ascii::splitOnce(path, '*');
    if (request.method != method) return false;
    if (front.size() == path.size()) return request.path == path;
    if (request.path.size() <= front.size() + back.size()) return false;
    const std::string_view middle = request.path.substr(front.size(), request.path.size() - front.size() - back.size());
    const bool isId = middle.find('/') == std::string_view::npos;
    if (!isId || !ascii::startsWith(request.path, front) || !ascii::endsWith(request.path, back)) return false;
    id = std::string(middle);
    return true;
  }
};

const Api::Route* Api::findRoute(const Request& request, std::string& id) {
  static const std::array<Route, 14> routes{{
      {"GET", "/.well-known/jwks.json", &Api::showKeys, false},
      {"GET", "/v1/environment", &Api::showEnvironment, false},
      {"PATCH", "/v1/environment", &Api::showEnvironment, false},
      {"POST", "/v1/dev_browser", &Api::addDevBrowser, false},
      {"GET", "/v1/client/handshake", &Api::shakeHands, false},
      {"GET", "/v1/client", &Api::showClient},
      {"POST", "/v1/client/sign_ins", &Api::signIn},
      {"DELETE", "/v1/client/sessions", &Api::signOut},
      {"POST", "/v1/client/sessions/*/touch", &Api::touch},
      {"POST", "/v1/client/sessions/*/tokens", &Api::makeToken},
      {"POST", "/v1/client/sessions/*/end", &Api::end},
      {"POST", "/v1/client/sessions/*/remove", &Api::remove},
      {"GET", "/v1/me/sessions/active", &Api::listSessions},
      {"POST", "/v1/me/sessions/*/revoke", &Api::revoke},
  }};
  const auto found =
      std::find_if(routes.begin(), routes.end(), [&](const Route& route) { return route.fits(request, id); });
  return found == routes.end() ? nullptr : &*found;
}

Api::Api(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options)
    : clerk_(std::move(clerk)),
      options_(std::move(options)),
      isDevelopment_(ascii::startsWith(clerk_->issuer().publishableKey(), "pk_test_")),
      cookies_(clerk_->issuer().publishableKey(), options_),
      now_(options_.clock->wall()) {}

http::Response Api::answer(const Request& request) {
  now_ = options_.clock->wall();
  users_.clear();
  clients_.expire(now_);
  std::string id;
  const Route* const route = findRoute(request, id);
  if (route == nullptr) return notFound();
  if (route->needsBrowser && isDevelopment_ && findClient(request) == nullptr) return unknownDevBrowser();
  return (this->*route->handler)(request, id);
}

std::string Api::createTicket(std::string_view userId) {
  if (!clerk_->user(userId)) {
    throw std::invalid_argument("a ticket is for a user whom the fake Clerk has: add the user first");
  }
  return tickets_.add(std::string(userId), options_.clock->wall() + options_.ticketLifetime);
}

void Api::endSessions(std::string_view userId) { clients_.endSessions(userId); }

http::Response Api::showKeys(const Request&, const std::string&) { return found(Json::parse(clerk_->issuer().jwks())); }

http::Response Api::showEnvironment(const Request&, const std::string&) { return found(environmentJson(options_)); }

http::Response Api::addDevBrowser(const Request&, const std::string&) {
  if (!isDevelopment_) return notFound();
  const Client& client = clients_.add("dvb_" + randomText(), now_);
  return found(Json::object({{"object", "dev_browser"}, {"id", client.secret}}));
}

http::Response Api::showClient(const Request& request, const std::string&) {
  const Client* const client = findClient(request);
  return withCookies(found(Json::object({{"response", client != nullptr ? show(*client) : Json()}})), client);
}

http::Response Api::signIn(const Request& request, const std::string&) {
  const std::string* const strategy = findParameter(request.form, "strategy");
  const std::string* const text = findParameter(request.form, "ticket");
  if (strategy == nullptr || *strategy != "ticket") return invalid("This fake signs in with strategy=ticket alone.");
  const Ticket* const ticket = text != nullptr ? tickets_.find(*text) : nullptr;
  if (ticket == nullptr || userOf(ticket->userId) == nullptr) {
    return refused(400, "ticket_invalid_code", "The ticket is none, or was used already.");
  }
  if (ticket->expiresAt <= now_) return refused(400, "ticket_expired_code", "The ticket has expired.");
  Client* const client = findClient(request);
  if (client != nullptr) return signIn(*client, *ticket);
  Client& added = clients_.add(randomText(), now_);
  http::Response response = signIn(added, *ticket);
  response.headers.push_back({"Set-Cookie", cookies_.client(added.secret), true});
  return response;
}

http::Response Api::signIn(Client& client, const Ticket& ticket) {
  if (options_.singleSession && !client.sessions.empty()) {
    return refused(400, "session_exists", "Somebody is signed in already, and the instance allows one session.");
  }
  if (client.sessions.size() == FakeFrontendApi::maxSessionsPerClient) {
    return refused(403, "too_many_sessions", "No more people can sign in with this browser: sign somebody out.");
  }
  const FakeUser* const user = userOf(ticket.userId);
  Session session;
  session.id = "sess_" + randomText();
  session.userId = user->id;
  if (!user->memberships.empty()) session.organizationId = user->memberships.front().organizationId;
  session.createdAt = now_;
  session.lastActiveAt = now_;
  session.expiresAt = now_ + options_.sessionLifetime;
  client.lastActiveSessionId = session.id;
  client.updatedAt = now_;
  client.sessions.push_back(session);
  tickets_.use(ticket);
  const Json attempt = signInJson("sia_" + randomText(), session.id);
  return withCookies(found(Json::object({{"response", attempt}, {"client", show(client)}})), &client);
}

http::Response Api::signOut(const Request& request, const std::string&) {
  Client* const client = findClient(request);
  if (client != nullptr) {
    client->sessions.clear();
    client->updatedAt = now_;
  }
  return withCookies(found(Json::object({{"response", client != nullptr ? show(*client) : Json()}})), client);
}

http::Response Api::touch(const Request& request, const std::string& id) {
  Client* const client = findClient(request);
  Session* const session = client != nullptr ? client->find(id) : nullptr;
  if (session == nullptr) return signedOut();
  if (const std::string* const organization = findParameter(request.form, "active_organization_id")) {
    const FakeUser* const user = userOf(session->userId);
    const FakeMembership* const membership = findMembership(*user, *organization);
    if (membership == nullptr && !organization->empty()) return notAMember();
    session->organizationId = membership != nullptr ? membership->organizationId : "";
  }
  session->lastActiveAt = now_;
  client->lastActiveSessionId = id;
  return withCookies(found(Json::object({{"response", show(*session)}, {"client", show(*client)}})), client);
}

http::Response Api::makeToken(const Request& request, const std::string& id) {
  Client* const client = findClient(request);
  const Session* const session = client != nullptr ? client->find(id) : nullptr;
  if (session == nullptr) return signedOut();
  const FakeUser* const user = userOf(session->userId);
  const std::string* const organization = findParameter(request.form, "organization_id");
  if (organization == nullptr) return found(tokenJson(token(*session, *user, session->organizationId)));
  const FakeMembership* const membership = findMembership(*user, *organization);
  if (membership == nullptr && !organization->empty()) return notAMember();
  return found(tokenJson(token(*session, *user, *organization)));
}

http::Response Api::end(const Request& request, const std::string& id) { return endAs("ended", request, id); }

http::Response Api::remove(const Request& request, const std::string& id) { return endAs("removed", request, id); }

http::Response Api::endAs(const char* status, const Request& request, const std::string& id) {
  Client* const client = findClient(request);
  const Session* const session = client != nullptr ? client->find(id) : nullptr;
  if (session == nullptr) return signedOut();
  const Json ended = show(*session, status);
  client->remove(id);
  client->updatedAt = now_;
  return withCookies(found(Json::object({{"response", ended}, {"client", show(*client)}})), client);
}

const Session* Api::asking(const Request& request, Client& client) const {
  const std::string* const id = findParameter(request.query, "_clerk_session_id");
  return id != nullptr ? client.find(*id) : client.lastActive();
}

http::Response Api::listSessions(const Request& request, const std::string&) {
  Client* const client = findClient(request);
  const Session* const own = client != nullptr ? asking(request, *client) : nullptr;
  if (own == nullptr) return signedOut();
  std::vector<Json> list;
  for (const Client& other : clients_.all()) {
    for (const Session& session : other.sessions) {
      if (session.userId == own->userId) list.push_back(sessionActivityJson(session));
    }
  }
  return found(jsonArray(list));
}

http::Response Api::revoke(const Request& request, const std::string& id) {
  Client* const client = findClient(request);
  const Session* const own = client != nullptr ? asking(request, *client) : nullptr;
  if (own == nullptr) return signedOut();
  const std::string userId = own->userId;
  for (Client& other : clients_.all()) {
    const Session* const session = other.find(id);
    if (session == nullptr || session->userId != userId) continue;
    const Json revoked = show(*session, "revoked");
    other.remove(id);
    return withCookies(found(Json::object({{"response", revoked}, {"client", show(*client)}})), client);
  }
  return notFound();
}

http::Response Api::shakeHands(const Request& request, const std::string&) {
  const std::string* const url = findParameter(request.query, "redirect_url");
  if (url == nullptr || !isBelow(options_.pageOrigin, *url)) {
    return invalid("redirect_url must lead back to " + options_.pageOrigin + ".");
  }
  const Client* client = findClient(request);
  if (client == nullptr && isDevelopment_) client = &clients_.add("dvb_" + randomText(), now_);
  return leadBack(*url, request, client);
}

std::vector<std::string> Api::handshakeCookies(const Client* client) {
  const Session* const session = client != nullptr ? client->lastActive() : nullptr;
  const FakeUser* const user = session != nullptr ? userOf(session->userId) : nullptr;
  std::vector<std::string> lines =
      user != nullptr ? cookies_.session(token(*session, *user, session->organizationId)) : cookies_.noSession();
  const auto add = [&](const std::vector<std::string>& more) { lines.insert(lines.end(), more.begin(), more.end()); };
  add(cookies_.clientUat(client));
  if (isDevelopment_ && client != nullptr) add(cookies_.devBrowser(client->secret));
  return lines;
}

http::Response Api::leadBack(const std::string& url, const Request& request, const Client* client) {
  const std::string* const format = findParameter(request.query, "format");
  const bool isNonce = format != nullptr && *format == "nonce";
  const std::string name = isNonce ? "__clerk_handshake_nonce" : "__clerk_handshake";
  std::vector<std::string> directives = handshakeCookies(client);
  const std::string value =
      isNonce ? clerk_->addHandshake(std::move(directives)) : clerk_->issuer().handshakeToken(directives);
  http::Response response{307, {}, {}};
  response.headers.push_back({"Location", isDevelopment_ ? withParameter(url, name, value) : url, true});
  if (!isDevelopment_) response.headers.push_back({"Set-Cookie", cookies_.handshake(name, value), true});
  return response;
}

Client* Api::findClient(const Request& request) {
  if (!isDevelopment_) return findClientByCookie(request, "__client");
  if (const std::string* const id = findParameter(request.query, devBrowserName)) {
    Client* const client = clients_.find(*id);
    if (client != nullptr) bringUpToDate(*client);
    return client;
  }
  Client* const client = findClientByCookie(request, cookies_.suffixed(devBrowserName));
  return client != nullptr ? client : findClientByCookie(request, devBrowserName);
}

Client* Api::findClientByCookie(const Request& request, const std::string& name) {
  for (const std::string_view secret : request.cookies(name)) {
    Client* const client = clients_.find(secret);
    if (client == nullptr) continue;
    bringUpToDate(*client);
    return client;
  }
  return nullptr;
}

void Api::bringUpToDate(Client& client) {
  std::vector<Session> sessions;
  for (Session& session : client.sessions) {
    const FakeUser* const user = userOf(session.userId);
    if (user == nullptr) continue;
    if (findMembership(*user, session.organizationId) == nullptr) session.organizationId.clear();
    sessions.push_back(std::move(session));
  }
  client.sessions = std::move(sessions);
}

const FakeUser* Api::userOf(const std::string& id) {
  const auto known = users_.try_emplace(id);
  std::optional<FakeUser>& user = known.first->second;
  if (known.second) user = clerk_->user(id);
  return user ? &*user : nullptr;
}

std::string Api::token(const Session& session, const FakeUser& user, const std::string& organizationId) const {
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

Json Api::show(const Session& session, const char* status) {
  const FakeUser* const user = userOf(session.userId);
  return sessionJson(session, *user, status, tokenJson(token(session, *user, session.organizationId)));
}

Json Api::show(const Client& client) {
  std::vector<Json> sessions;
  for (const Session& session : client.sessions) sessions.push_back(show(session));
  return clientJson(client, sessions);
}

http::Response Api::withCookies(http::Response response, const Client* client) const {
  if (isDevelopment_) return response;
  for (std::string& line : cookies_.clientUat(client)) response.headers.push_back({"Set-Cookie", std::move(line)});
  return response;
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
