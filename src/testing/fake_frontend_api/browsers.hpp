/// A request to the Frontend API, and the browser that sent it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/http/message.hpp>

#include "testing/fake_frontend_api/clients.hpp"
#include "testing/fake_frontend_api/instance.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Returns the value of the first parameter with that name; null if there is none.
const std::string* findParameter(const Parameters& parameters, std::string_view name) noexcept;

/// A parsed request. It refers to the received one.
struct Request {
  /// The method, or the value of `_method` in a POST request.
  std::string method;
  /// The path below that of the API: `/v1/...`.
  std::string_view path;
  /// The session id from the path; set by the router.
  std::string id = {};
  Parameters query;
  Parameters form;
  const http::RequestView* received;

  /// Returns the values of all cookies with that name, in order.
  std::vector<std::string_view> cookies(std::string_view name) const;
};

/// Returns the request, or an error response. The URL must be below `path`, the path of the API.
std::variant<Request, http::Response> readRequest(const http::RequestView& received, std::string_view path);

/// Production instances identify browsers by a cookie, development instances by a dev browser.
class Browsers {
 public:
  /// The instance must outlive this object.
  explicit Browsers(Instance& instance) : instance_(&instance) {}

  /// Ends expired sessions.
  void startRequest();

  /// Returns null for an unknown browser. Removes sessions of users who no longer exist, and active organizations that
  /// their users no longer belong to.
  Client* find(const Request& request);
  /// Returns the session whose user `/v1/me` stands for; null if there is none.
  const Session* findOwnSession(const Request& request);
  /// Returns the session named in the path if it belongs to the requesting browser, otherwise null.
  Session* findSession(const Request& request);
  /// Finds a session of the user in any browser; returns null pointers if there is none.
  std::pair<Client*, Session*> findSessionOf(std::string_view userId, std::string_view id);
  std::vector<const Session*> sessionsOf(std::string_view userId) const;

  Client& add();
  void endSessions(std::string_view userId) { clients_.endSessions(userId); }

 private:
  Client* findByCookie(const Request& request, const std::string& name);
  Client* findBySecret(std::string_view secret);
  void bringUpToDate(Client& client);

  Instance* instance_;
  Clients clients_;
};

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
