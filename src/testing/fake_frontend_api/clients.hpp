/// The clients of browsers, and their cookies.
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
  /// The active one; empty: none.
  std::string organizationId;
  Time createdAt;
  Time lastActiveAt;
  Time expiresAt;
};

/// A browser.
struct Client {
  std::string id;
  /// What the browser is known by: its cookie, or its dev browser.
  std::string secret;
  std::vector<Session> sessions;
  /// That of the page that was used last; empty: none.
  std::string lastActiveSessionId;
  Time createdAt;
  /// Of the last time that somebody signed in or out.
  Time updatedAt;

  /// Null where the browser has no such session.
  Session* find(std::string_view sessionId) noexcept;
  /// The session that was used last; null when nobody is signed in.
  const Session* lastActive() const noexcept;
  /// One that is not there is removed already.
  void remove(std::string_view sessionId);
};

/// Not more than `FakeFrontendApi::maxClients`.
class Clients {
 public:
  /// Forgets another one where there are too many.
  Client& add(std::string secret, Time now);
  /// Null for a secret of nobody.
  Client* find(std::string_view secret);

  /// Ends what has expired.
  void expire(Time now);
  /// Ends all sessions of that user.
  void endSessions(std::string_view userId);

  std::list<Client>& all() noexcept { return clients_; }
  const std::list<Client>& all() const noexcept { return clients_; }

 private:
  /// The one that was not seen for the longest time, of those where nobody is signed in if there are any: whoever makes
  /// up browsers signs nobody out.
  void forgetOne();

  /// The one that was seen last comes first.
  std::list<Client> clients_;
};

/// Those that the browser SDK knows are there twice, with and without the instance's suffix, and are for its scripts,
/// too: it could not replace one that is HttpOnly.
class BrowserCookies {
 public:
  BrowserCookies(const std::string& publishableKey, const FakeFrontendApiOptions& options);

  /// For the API alone.
  std::string client(const std::string& secret) const;
  std::vector<std::string> clientUat(const Client* client) const;
  std::vector<std::string> session(const std::string& token) const;
  std::vector<std::string> noSession() const;
  std::vector<std::string> devBrowser(const std::string& id) const;
  /// What a page comes back from a handshake with, for the few moments until its server has read it.
  std::string handshake(const std::string& name, const std::string& value) const;

  /// `name_suffix`.
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
