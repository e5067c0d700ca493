/// The instance as one request finds it: its settings, its users, the time; and its resources as JSON.
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

/// A session among all those of its user.
Json sessionActivityJson(const Session& session);

Json tokenJson(const std::string& token);

/// Of a sign-in that is complete.
Json signInJson(const std::string& id, const std::string& sessionId);

Json environmentJson(const FakeFrontendApiOptions& options);

class Instance {
 public:
  /// Of checked options with a clock.
  Instance(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options);

  FakeClerk& clerk() const noexcept { return *clerk_; }
  const FakeFrontendApiOptions& options() const noexcept { return options_; }
  const BrowserCookies& cookies() const noexcept { return cookies_; }
  bool isDevelopment() const noexcept { return isDevelopment_; }

  /// From now on there are the users of this moment, whatever others do to them meanwhile.
  void startRequest();
  Time now() const noexcept { return now_; }
  /// Null for one who is not there.
  const FakeUser* findUser(const std::string& id);

  /// `organizationId`: empty for none.
  std::string token(const Session& session, const FakeUser& user, const std::string& organizationId) const;
  /// @{
  /// With a new token for each session. Only for sessions whose users are there.
  Json show(const Session& session);
  Json show(const Client& client);
  /// @}
  /// Without a token. Only for a session whose user is there; `status` is `ended`, `removed` or `revoked`.
  Json showEnded(const Session& session, const char* status);
  /// Null for a browser that is not known.
  Json show(const Client* client);

  /// With the cookies that production instances set; development instances leave them to the browser SDK.
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
