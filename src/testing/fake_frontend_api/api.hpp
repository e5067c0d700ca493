/// The endpoints of the Frontend API.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "testing/fake_frontend_api/instance.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

struct Ticket {
  std::string text;
  std::string userId;
  std::chrono::system_clock::time_point expiresAt;
};

/// Stores at most `FakeFrontendApi::maxTickets`.
class Tickets {
 public:
  /// Returns the ticket's string. Removes the oldest ticket if there are too many.
  std::string add(std::string userId, std::chrono::system_clock::time_point expiresAt);
  /// Returns null for an unknown ticket.
  const Ticket* find(std::string_view text) const noexcept;
  /// Makes a ticket unusable.
  void use(const Ticket& ticket);

 private:
  std::deque<Ticket> tickets_;
};

/// Not thread-safe.
class Api {
 public:
  /// The options must have been checked and have a clock.
  Api(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  http::Response respond(Request request);

  /// Throws `std::invalid_argument` for an unknown user.
  std::string createTicket(std::string_view userId);
  void endSessions(std::string_view userId) { browsers_.endSessions(userId); }

 private:
  struct Route;
  /// Also sets the id from the path. Returns null for an unknown path.
  static const Route* findRoute(Request& request);

  http::Response showKeys(const Request& request);
  http::Response showEnvironment(const Request& request);
  http::Response addDevBrowser(const Request& request);
  /// Redirects to `redirect_url` with what brings the cookies up to date: a nonce if `format=nonce`, otherwise a signed
  /// token; in the URL for a development instance, otherwise in a cookie. A development instance learns of the browser.
  /// Refused if the URL is not a page of the origin. https://clerk.com/docs/how-clerk-works/overview
  http::Response handshake(const Request& request);
  http::Response showClient(const Request& request);
  http::Response signIn(const Request& request);
  http::Response signOut(const Request& request);
  http::Response touch(const Request& request);
  http::Response makeToken(const Request& request);
  http::Response end(const Request& request);
  http::Response remove(const Request& request);
  http::Response listSessions(const Request& request);
  http::Response revoke(const Request& request);

  http::Response signIn(Client& client, const Ticket& ticket);
  http::Response end(const Request& request, const char* status);

  Instance instance_;
  Browsers browsers_;
  Tickets tickets_;
};

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
