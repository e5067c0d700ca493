#include "testing/fake_frontend_api/handshake.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

#include "core/text.hpp"
#include "testing/fake_clerk/resources.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

/// Whether that is a page of the origin.
bool isPageOf(std::string_view origin, std::string_view url) noexcept {
  if (!ascii::startsWith(url, origin)) return false;
  const std::string_view rest = url.substr(origin.size());
  const bool isWhole = rest.empty() || rest.front() == '/' || rest.front() == '?' || rest.front() == '#';
  return isWhole && std::all_of(rest.begin(), rest.end(), [](char c) { return c != ' ' && ascii::isPrintable(c); });
}

/// The URL with one more parameter in its query. The value is not escaped; the fragment is left out.
std::string withParameter(std::string_view url, const std::string& name, const std::string& value) {
  const std::string_view page = url.substr(0, url.find('#'));
  const char* const separator = page.find('?') == std::string_view::npos ? "?" : "&";
  return std::string(page) + separator + name + "=" + value;
}

using Lines = std::vector<std::string>;

void append(Lines& lines, const Lines& more) { lines.insert(lines.end(), more.begin(), more.end()); }

Lines sessionCookies(const Client* client, Instance& instance) {
  const Session* const session = client != nullptr ? client->lastActive() : nullptr;
  if (session == nullptr) return instance.cookies().noSession();
  const FakeUser& user = *instance.findUser(session->userId);
  return instance.cookies().session(instance.token(*session, user, session->organizationId));
}

Lines allCookies(const Client* client, Instance& instance) {
  Lines lines = sessionCookies(client, instance);
  append(lines, instance.cookies().clientUat(client));
  if (instance.isDevelopment()) append(lines, instance.cookies().devBrowser(client->secret));
  return lines;
}

http::Response leadBack(const std::string& url, const std::string& name, const std::string& value,
                        const Instance& instance) {
  if (instance.isDevelopment()) return {307, {{"Location", withParameter(url, name, value), true}}, {}};
  return {307, {{"Location", url, true}, {"Set-Cookie", instance.cookies().handshake(name, value), true}}, {}};
}

}  // namespace

http::Response shakeHands(const Request& request, Instance& instance, Browsers& browsers) {
  const std::string* const url = findParameter(request.query, "redirect_url");
  const std::string& origin = instance.options().pageOrigin;
  if (url == nullptr || !isPageOf(origin, *url)) {
    return refused(422, "form_param_value_invalid", "redirect_url must lead back to " + origin + ".");
  }
  const Client* client = browsers.find(request);
  if (client == nullptr && instance.isDevelopment()) client = &browsers.add();
  Lines cookies = allCookies(client, instance);
  const std::string* const format = findParameter(request.query, "format");
  if (format != nullptr && *format == "nonce") {
    return leadBack(*url, "__clerk_handshake_nonce", instance.clerk().addHandshake(std::move(cookies)), instance);
  }
  return leadBack(*url, "__clerk_handshake", instance.clerk().issuer().handshakeToken(cookies), instance);
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
