#include "testing/fake_frontend_api/browser_cookies.hpp"

#include "core/ascii.hpp"
#include "crypto/sha1.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

constexpr const char* oneYear = "; Max-Age=31536000";
constexpr const char* aMoment = "; Max-Age=5";
constexpr const char* everywhere = "; Path=/";

std::string attributesFor(std::string_view pageOrigin) {
  return ascii::startsWith(pageOrigin, "https:") ? "; Secure; SameSite=Lax" : "; SameSite=Lax";
}

std::string secondsOf(Time time) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

}  // namespace

BrowserCookies::BrowserCookies(const std::string& publishableKey, const FakeFrontendApiOptions& options)
    : suffix_(encodeBase64Url(crypto::sha1(publishableKey)).substr(0, 8)),
      path_(options.path),
      lifetime_(std::to_string(options.sessionLifetime.count())),
      attributes_(attributesFor(options.pageOrigin)) {}

std::string BrowserCookies::client(const std::string& secret) const {
  return "__client=" + secret + "; Path=" + path_ + "; Max-Age=" + lifetime_ + "; HttpOnly" + attributes_;
}

std::vector<std::string> BrowserCookies::clientUat(const Client* client) const {
  const bool isSignedIn = client != nullptr && !client->sessions.empty();
  return both("__client_uat", (isSignedIn ? secondsOf(client->updatedAt) : "0") + everywhere + oneYear);
}

std::vector<std::string> BrowserCookies::session(const std::string& token) const {
  return both("__session", token + everywhere + oneYear);
}

std::vector<std::string> BrowserCookies::noSession() const {
  return both("__session", std::string(everywhere) + "; Max-Age=0");
}

std::vector<std::string> BrowserCookies::devBrowser(const std::string& id) const {
  return both("__clerk_db_jwt", id + everywhere + oneYear);
}

std::string BrowserCookies::handshake(const std::string& name, const std::string& value) const {
  return name + "=" + value + everywhere + aMoment + "; HttpOnly" + attributes_;
}

std::string BrowserCookies::suffixed(const std::string& name) const { return name + "_" + suffix_; }

std::vector<std::string> BrowserCookies::both(const std::string& name, const std::string& rest) const {
  return {name + "=" + rest + attributes_, suffixed(name) + "=" + rest + attributes_};
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
