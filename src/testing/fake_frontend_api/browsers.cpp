#include "testing/fake_frontend_api/browsers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <liveblocks/testing/fake_frontend_api.hpp>

#include "core/text.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/fake_server.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

namespace {

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

}  // namespace

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
