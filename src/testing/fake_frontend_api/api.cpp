#include "testing/fake_frontend_api/api.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "core/text.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/fake_frontend_api/instance.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

std::string Tickets::add(std::string userId, std::chrono::system_clock::time_point expiresAt) {
  if (tickets_.size() == FakeFrontendApi::maxTickets) tickets_.pop_front();
  tickets_.push_back({randomText(), std::move(userId), expiresAt});
  return tickets_.back().text;
}

const Ticket* Tickets::find(std::string_view text) const noexcept {
  const auto found =
      std::find_if(tickets_.begin(), tickets_.end(), [&](const Ticket& ticket) { return ticket.text == text; });
  return found == tickets_.end() ? nullptr : &*found;
}

void Tickets::use(const Ticket& ticket) {
  const auto isUsed = [&](const Ticket& other) { return &other == &ticket; };
  tickets_.erase(std::find_if(tickets_.begin(), tickets_.end(), isUsed));
}

namespace {

/// Returns whether the path matches the route, where `*` stands for an id, and sets the id.
inline bool matchRoute(std::string_view route, std::string_view path, std::string& id) {
  const std::size_t star = route.find('*');
  if (star == std::string_view::npos) return path == route;
  const std::string_view front = route.substr(0, star);
  const std::string_view back = route.substr(star + 1);
  if (path.size() <= front.size() + back.size()) return false;
  const std::string_view middle = path.substr(front.size(), path.size() - front.size() - back.size());
  const bool isId = middle.find('/') == std::string_view::npos;
  if (!isId || !ascii::startsWith(path, front) || !ascii::endsWith(path, back)) return false;
  id = std::string(middle);
  return true;
}

http::Response unknownDevBrowser() {
  return refused(401, "dev_browser_unauthenticated", "The request contains no known dev browser.");
}

/// The response does not reveal whether the session has ended, belongs to another browser or never existed.
http::Response signedOut() { return refused(401, "authentication_invalid", "The session is not signed in here."); }

http::Response notAMember() {
  return refused(404, "resource_not_found", "The user does not belong to such an organization.");
}

Json withClient(const Json& response, const Json& client) {
  return Json::object({{"response", response}, {"client", client}});
}

Session newSession(const FakeUser& user, const Instance& instance) {
  Session session;
  session.id = "sess_" + randomText();
  session.userId = user.id;
  if (!user.memberships.empty()) session.organizationId = user.memberships.front().organizationId;
  session.createdAt = instance.now();
  session.lastActiveAt = instance.now();
  session.expiresAt = instance.now() + instance.options().sessionLifetime;
  return session;
}

/// If the parameter is present, sets `organizationId` to the organization with that id or slug, or to none if it is
/// empty. Returns false if the user does not belong to the organization.
bool chooseOrganization(const Request& request, const char* parameter, const FakeUser& user,
                        std::string& organizationId) {
  const std::string* const named = findParameter(request.form, parameter);
  if (named == nullptr) return true;
  const FakeMembership* const membership = findMembership(user, *named);
  if (membership == nullptr && !named->empty()) return false;
  organizationId = membership != nullptr ? membership->organizationId : "";
  return true;
}

/// Returns whether the URL is a page of the origin.
bool isPageOf(std::string_view origin, std::string_view url) noexcept {
  if (!ascii::startsWith(url, origin)) return false;
  const std::string_view rest = url.substr(origin.size());
  const bool isWhole = rest.empty() || rest.front() == '/' || rest.front() == '?' || rest.front() == '#';
  return isWhole && std::all_of(rest.begin(), rest.end(), [](char c) { return c != ' ' && ascii::isPrintable(c); });
}

/// Adds a parameter to the query of a URL. The value is not escaped, and the fragment is removed.
std::string withParameter(std::string_view url, const std::string& name, const std::string& value) {
  const std::string_view page = url.substr(0, url.find('#'));
  const char* const separator = page.find('?') == std::string_view::npos ? "?" : "&";
  return std::string(page) + separator + name + "=" + value;
}

using Lines = std::vector<std::string>;

void append(Lines& lines, const Lines& more) { lines.insert(lines.end(), more.begin(), more.end()); }

Lines sessionCookies(const Client* client, Instance& instance) {
  const Session* const session = client != nullptr ? client->lastActive() : nullptr;
  if (session == nullptr) return instance.cookies().noSession();
  const FakeUser& user = *instance.findUser(session->userId);
  return instance.cookies().session(instance.token(*session, user, session->organizationId));
}

Lines allCookies(const Client* client, Instance& instance) {
  Lines lines = sessionCookies(client, instance);
  append(lines, instance.cookies().clientUat(client));
  if (instance.isDevelopment()) append(lines, instance.cookies().devBrowser(client->secret));
  return lines;
}

http::Response leadBack(const std::string& url, const std::string& name, const std::string& value,
                        const Instance& instance) {
  if (instance.isDevelopment()) return {307, {{"Location", withParameter(url, name, value), true}}, {}};
  return {307, {{"Location", url, true}, {"Set-Cookie", instance.cookies().handshake(name, value), true}}, {}};
}

}  // namespace

struct Api::Route {
  std::string_view method;
  /// `*` stands for an id.
  std::string_view path;
  http::Response (Api::*respond)(const Request& request);
  /// Whether a development instance requires a known browser.
  bool needsBrowser = true;
};

const Api::Route* Api::findRoute(Request& request) {
  static constexpr std::array<Route, 14> routes{{
      {"GET", "/.well-known/jwks.json", &Api::showKeys, false},
      {"GET", "/v1/environment", &Api::showEnvironment, false},
      {"PATCH", "/v1/environment", &Api::showEnvironment, false},
      {"POST", "/v1/dev_browser", &Api::addDevBrowser, false},
      {"GET", "/v1/client/handshake", &Api::handshake, false},
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
  for (const Route& route : routes) {
    if (route.method == request.method && matchRoute(route.path, request.path, request.id)) return &route;
  }
  return nullptr;
}

Api::Api(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options)
    : instance_(std::move(clerk), std::move(options)), browsers_(instance_) {}

http::Response Api::respond(Request request) {
  instance_.startRequest();
  browsers_.startRequest();
  const Route* const route = findRoute(request);
  if (route == nullptr) return notFound();
  if (route->needsBrowser && instance_.isDevelopment() && browsers_.find(request) == nullptr) {
    return unknownDevBrowser();
  }
  return (this->*route->respond)(request);
}

std::string Api::createTicket(std::string_view userId) {
  if (!instance_.clerk().user(userId)) {
    throw std::invalid_argument("the FakeClerk has no such user: add the user before creating a ticket");
  }
  const FakeFrontendApiOptions& options = instance_.options();
  return tickets_.add(std::string(userId), options.clock->wall() + options.ticketLifetime);
}

http::Response Api::showKeys(const Request&) { return found(Json::parse(instance_.clerk().issuer().jwks())); }

http::Response Api::showEnvironment(const Request&) { return found(environmentJson(instance_.options())); }

http::Response Api::handshake(const Request& request) {
  const std::string* const url = findParameter(request.query, "redirect_url");
  const std::string& origin = instance_.options().pageOrigin;
  if (url == nullptr || !isPageOf(origin, *url)) {
    return refused(422, "form_param_value_invalid", "redirect_url must lead back to " + origin + ".");
  }
  const Client* client = browsers_.find(request);
  if (client == nullptr && instance_.isDevelopment()) client = &browsers_.add();
  Lines cookies = allCookies(client, instance_);
  const std::string* const format = findParameter(request.query, "format");
  if (format != nullptr && *format == "nonce") {
    return leadBack(*url, "__clerk_handshake_nonce", instance_.clerk().addHandshake(std::move(cookies)), instance_);
  }
  return leadBack(*url, "__clerk_handshake", instance_.clerk().issuer().handshakeToken(cookies), instance_);
}

http::Response Api::showClient(const Request& request) {
  const Client* const client = browsers_.find(request);
  return instance_.withCookies(found(Json::object({{"response", instance_.show(client)}})), client);
}

http::Response Api::addDevBrowser(const Request&) {
  if (!instance_.isDevelopment()) return notFound();
  return found(Json::object({{"object", "dev_browser"}, {"id", browsers_.add().secret}}));
}

http::Response Api::signIn(const Request& request) {
  const std::string* const strategy = findParameter(request.form, "strategy");
  if (strategy == nullptr || *strategy != "ticket") {
    return refused(422, "form_param_value_invalid", "This fake only supports strategy=ticket.");
  }
  const std::string* const text = findParameter(request.form, "ticket");
  const Ticket* const ticket = text != nullptr ? tickets_.find(*text) : nullptr;
  if (ticket == nullptr || instance_.findUser(ticket->userId) == nullptr) {
    return refused(400, "ticket_invalid_code", "The ticket is invalid or was already used.");
  }
  if (ticket->expiresAt <= instance_.now()) return refused(400, "ticket_expired_code", "The ticket has expired.");
  Client* const client = browsers_.find(request);
  return signIn(client != nullptr ? *client : browsers_.add(), *ticket);
}

http::Response Api::signIn(Client& client, const Ticket& ticket) {
  if (instance_.options().singleSession && !client.sessions.empty()) {
    return refused(400, "session_exists", "Somebody is already signed in, and the instance allows one session.");
  }
  if (client.sessions.size() == FakeFrontendApi::maxSessionsPerClient) {
    return refused(403, "too_many_sessions", "Too many sessions in this browser: sign out of one.");
  }
  const Session& session = client.sessions.emplace_back(newSession(*instance_.findUser(ticket.userId), instance_));
  tickets_.use(ticket);
  client.lastActiveSessionId = session.id;
  client.updatedAt = instance_.now();
  const Json attempt = signInJson("sia_" + randomText(), session.id);
  http::Response response = instance_.withCookies(found(withClient(attempt, instance_.show(client))), &client);
  if (!instance_.isDevelopment()) {
    response.headers.push_back({"Set-Cookie", instance_.cookies().client(client.secret), true});
  }
  return response;
}

http::Response Api::signOut(const Request& request) {
  Client* const client = browsers_.find(request);
  if (client != nullptr) {
    client->sessions.clear();
    client->updatedAt = instance_.now();
  }
  return instance_.withCookies(found(Json::object({{"response", instance_.show(client)}})), client);
}

http::Response Api::touch(const Request& request) {
  Client* const client = browsers_.find(request);
  Session* const session = client != nullptr ? client->find(request.id) : nullptr;
  if (session == nullptr) return signedOut();
  const FakeUser& user = *instance_.findUser(session->userId);
  if (!chooseOrganization(request, "active_organization_id", user, session->organizationId)) return notAMember();
  session->lastActiveAt = instance_.now();
  client->lastActiveSessionId = request.id;
  return instance_.withCookies(found(withClient(instance_.show(*session), instance_.show(*client))), client);
}

http::Response Api::makeToken(const Request& request) {
  const Session* const session = browsers_.findSession(request);
  if (session == nullptr) return signedOut();
  const FakeUser& user = *instance_.findUser(session->userId);
  std::string organizationId = session->organizationId;
  if (!chooseOrganization(request, "organization_id", user, organizationId)) return notAMember();
  return found(tokenJson(instance_.token(*session, user, organizationId)));
}

http::Response Api::end(const Request& request) { return end(request, "ended"); }

http::Response Api::remove(const Request& request) { return end(request, "removed"); }

http::Response Api::end(const Request& request, const char* status) {
  Client* const client = browsers_.find(request);
  const Session* const session = client != nullptr ? client->find(request.id) : nullptr;
  if (session == nullptr) return signedOut();
  const Json ended = instance_.showEnded(*session, status);
  client->remove(request.id);
  client->updatedAt = instance_.now();
  return instance_.withCookies(found(withClient(ended, instance_.show(*client))), client);
}

http::Response Api::listSessions(const Request& request) {
  const Session* const own = browsers_.findOwnSession(request);
  if (own == nullptr) return signedOut();
  std::vector<Json> list;
  for (const Session* const session : browsers_.sessionsOf(own->userId)) list.push_back(sessionActivityJson(*session));
  return found(jsonArray(list));
}

http::Response Api::revoke(const Request& request) {
  const Session* const own = browsers_.findOwnSession(request);
  if (own == nullptr) return signedOut();
  const auto [client, session] = browsers_.findSessionOf(own->userId, request.id);
  if (session == nullptr) return notFound();
  const Json revoked = instance_.showEnded(*session, "revoked");
  client->remove(request.id);
  const Client* const requesting = browsers_.find(request);
  return instance_.withCookies(found(withClient(revoked, instance_.show(requesting))), requesting);
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
