/// The cookies of an instance, as `Set-Cookie` lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/testing/fake_frontend_api.hpp>

#include "testing/fake_frontend_api/clients.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

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
