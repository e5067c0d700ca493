/// Browsers as the Frontend API stores them, and their cookies.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/version.hpp>
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

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
