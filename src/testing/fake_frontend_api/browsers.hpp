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

/// The value of the first parameter of that name; null when there is none.
const std::string* findParameter(const Parameters& parameters, std::string_view name) noexcept;

/// Borrows from what was received.
struct Request {
  /// That of `_method`, where a POST names one.
  std::string method;
  /// Behind the path of the API: `/v1/...`.
  std::string_view path;
  /// That of the session which the path names; set by the router.
  std::string id = {};
  Parameters query;
  Parameters form;
  const http::RequestView* received;

  /// The values of all cookies of that name, in their order.
  std::vector<std::string_view> cookies(std::string_view name) const;
};

/// The request, or why it is not answered. `path`: that of the API, which the URL lies below.
std::variant<Request, http::Response> readRequest(const http::RequestView& received, std::string_view path);

/// Production instances know browsers by a cookie, development instances by a dev browser.
class Browsers {
 public:
  /// The instance must outlive it.
  explicit Browsers(Instance& instance) : instance_(&instance) {}

  /// What has expired ends.
  void startRequest();

  /// Null for a browser that is not known. It has only the sessions of users who are there, and these no organization
  /// but their users' own.
  Client* find(const Request& request);
  /// The session in whose name `/v1/me` is asked; null when there is none.
  const Session* findAsking(const Request& request);
  /// The session that the request names, of the browser that asks; null where it has none.
  Session* findSession(const Request& request);
  /// A session of that user in any browser, and the browser; nulls when there is none.
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
