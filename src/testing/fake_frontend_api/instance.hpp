/// The state of the instance: its browsers with their sessions and cookies; and its parsed requests.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

using Time = std::chrono::system_clock::time_point;

struct Session {
  std::string id;
  std::string userId;
  /// The id of the active organization; empty if there is none.
  std::string organizationId;
  Time createdAt;
  Time lastActiveAt;
  Time expiresAt;
};

/// A browser and the sessions in it.
struct Client {
  std::string id;
  /// Identifies the browser: its cookie, or its dev browser.
  std::string secret;
  std::vector<Session> sessions;
  /// The session that was used last; empty if there is none.
  std::string lastActiveSessionId;
  Time createdAt;
  /// When somebody last signed in or out.
  Time updatedAt;

  /// Returns null if the browser has no such session.
  Session* find(std::string_view sessionId) noexcept;
  /// Returns the session that was used last; null if nobody is signed in.
  const Session* lastActive() const noexcept;
  /// Does nothing if there is no such session.
  void remove(std::string_view sessionId);
};

/// Stores at most `FakeFrontendApi::maxClients`.
class Clients {
 public:
  /// Removes another one if there are too many.
  Client& add(std::string secret, Time now);
  /// Returns null for an unknown secret.
  Client* find(std::string_view secret);

  /// Ends expired sessions.
  void expire(Time now);
  /// Ends all sessions of the user.
  void endSessions(std::string_view userId);

  std::list<Client>& all() noexcept { return clients_; }
  const std::list<Client>& all() const noexcept { return clients_; }

 private:
  /// Removes the least recently seen browser, preferring those where nobody is signed in: inventing browsers must not
  /// sign anybody out.
  void forgetOne();

  /// Most recently seen first.
  std::list<Client> clients_;
};

/// Writes `Set-Cookie` lines. Cookies that the browser SDK uses are set twice, with and without the instance's suffix,
/// and are not HttpOnly, because the SDK replaces them.
class BrowserCookies {
 public:
  BrowserCookies(const std::string& publishableKey, const FakeFrontendApiOptions& options);

  /// Read only by the API.
  std::string client(const std::string& secret) const;
  std::vector<std::string> clientUat(const Client* client) const;
  std::vector<std::string> session(const std::string& token) const;
  std::vector<std::string> noSession() const;
  std::vector<std::string> devBrowser(const std::string& id) const;
  /// The result of a handshake, which expires shortly after the page's server has read it.
  std::string handshake(const std::string& name, const std::string& value) const;

  /// Returns `name_suffix`.
  std::string suffixed(const std::string& name) const;

 private:
  std::vector<std::string> both(const std::string& name, const std::string& rest) const;

  std::string suffix_;
  std::string path_;
  std::string lifetime_;
  std::string attributes_;
};

/// Shows a session in the list of the user's sessions.
Json sessionActivityJson(const Session& session);

/// What the instance knows during one request: its settings, its users and the time.
class Instance {
 public:
  /// The options must have been checked and have a clock.
  Instance(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options);

  FakeClerk& clerk() const noexcept { return *clerk_; }
  const FakeFrontendApiOptions& options() const noexcept { return options_; }
  const BrowserCookies& cookies() const noexcept { return cookies_; }
  bool isDevelopment() const noexcept { return isDevelopment_; }

  /// Fixes the time and the users for the request, so that concurrent changes have no effect on it.
  void startRequest();
  Time now() const noexcept { return now_; }
  /// Returns null for an unknown user.
  const FakeUser* findUser(const std::string& id);

  /// An empty `organizationId` means none.
  std::string token(const Session& session, const FakeUser& user, const std::string& organizationId) const;
  /// @{
  /// Includes a new token for each session. The users of the sessions must exist.
  Json show(const Session& session);
  Json show(const Client& client);
  /// @}
  /// Includes no token. The user must exist; `status` is `ended`, `removed` or `revoked`.
  Json showEnded(const Session& session, const char* status);
  /// Returns JSON null for an unknown browser.
  Json show(const Client* client);

  /// Adds the cookies that production instances set. Development instances leave them to the browser SDK.
  http::Response withCookies(http::Response response, const Client* client) const;

 private:
  std::shared_ptr<FakeClerk> clerk_;
  FakeFrontendApiOptions options_;
  bool isDevelopment_;
  BrowserCookies cookies_;
  Time now_;
  std::map<std::string, std::optional<FakeUser>> users_;
};

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
