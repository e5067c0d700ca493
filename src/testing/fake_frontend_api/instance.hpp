/// The state of the instance during one request: settings, users, time; and its resources as JSON.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "testing/fake_frontend_api/clients.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// A session in the list of the user's sessions.
Json sessionActivityJson(const Session& session);

Json tokenJson(const std::string& token);

/// A completed sign-in.
Json signInJson(const std::string& id, const std::string& sessionId);

Json environmentJson(const FakeFrontendApiOptions& options);

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

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
