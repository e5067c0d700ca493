/// What the Frontend API answers.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "testing/fake_frontend_api/browser_cookies.hpp"
#include "testing/fake_frontend_api/clients.hpp"
#include "testing/fake_frontend_api/request.hpp"
#include "testing/fake_frontend_api/tickets.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// Not thread-safe.
class Api {
 public:
  /// Of checked options with a clock.
  Api(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options);

  http::Response answer(const Request& request);

  /// Throws `std::invalid_argument` for a user who is not there.
  std::string createTicket(std::string_view userId);
  void endSessions(std::string_view userId);

 private:
  struct Route;
  using Handler = http::Response (Api::*)(const Request& request, const std::string& id);

  static const Route* findRoute(const Request& request, std::string& id);

  http::Response showKeys(const Request& request, const std::string& id);
  http::Response showEnvironment(const Request& request, const std::string& id);
  http::Response addDevBrowser(const Request& request, const std::string& id);
  http::Response showClient(const Request& request, const std::string& id);
  http::Response shakeHands(const Request& request, const std::string& id);
  http::Response signIn(const Request& request, const std::string& id);
  http::Response signOut(const Request& request, const std::string& id);
  http::Response touch(const Request& request, const std::string& id);
  http::Response makeToken(const Request& request, const std::string& id);
  http::Response end(const Request& request, const std::string& id);
  http::Response remove(const Request& request, const std::string& id);
  http::Response listSessions(const Request& request, const std::string& id);
  http::Response revoke(const Request& request, const std::string& id);

  /// Null for a browser that is not known.
  Client* findClient(const Request& request);
  Client* findClientByCookie(const Request& request, const std::string& name);
  /// Leaves what its user still has: sessions of users who are there, organizations that they belong to.
  void bringUpToDate(Client& client);

  http::Response signIn(Client& client, const Ticket& ticket);
  http::Response endAs(const char* status, const Request& request, const std::string& id);
  /// The session in whose name `/v1/me` is asked; null when there is none.
  const Session* asking(const Request& request, Client& client) const;
  std::vector<std::string> handshakeCookies(const Client* client);
  http::Response leadBack(const std::string& url, const Request& request, const Client* client);

  /// Null for one who is not there, or was not when the request came.
  const FakeUser* userOf(const std::string& id);
  std::string token(const Session& session, const FakeUser& user, const std::string& organizationId) const;
  Json show(const Session& session, const char* status = "active");
  Json show(const Client& client);
  /// With the cookies that production instances set; development instances leave them to the browser SDK.
  http::Response withCookies(http::Response response, const Client* client) const;

  std::shared_ptr<FakeClerk> clerk_;
  FakeFrontendApiOptions options_;
  bool isDevelopment_;
  BrowserCookies cookies_;
  Clients clients_;
  Tickets tickets_;
  /// Of the request that is being answered: others may change the users meanwhile.
  Time now_;
  std::map<std::string, std::optional<FakeUser>> users_;
};

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
