#include "clerk/request/satellite.hpp"

#include <algorithm>
#include <string>

#include "clerk/publishable_key.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/handshake.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

bool hasCookies(const RequestContext& context) {
  return !context.cookies().sessionToken.empty() || context.cookies().clientUat != 0;
}

/// Empty if the URL of the page is unknown.
std::string primaryUrl(const RequestContext& context) {
  auto url = http::WebUrl::parse(context.setup().options.signInUrl);
  if (!url || context.publicUrl() == nullptr) return {};
  url->appendQueryParameter("__clerk_redirect_url", context.publicUrl()->href());
  return url->href();
}

/// Whether `target` may receive the token of the development browser.
bool mayReturnTo(const RequestContext& context, const http::WebUrl& target) {
  const auto& parties = context.setup().options.authorizedParties;
  return parties.empty() || std::find(parties.begin(), parties.end(), target.origin()) != parties.end();
}

/// Empty if `text` is not the URL of a page.
std::string satelliteUrl(const RequestContext& context, const std::string& text) {
  auto url = http::WebUrl::parse(text);
  if (!url || !mayReturnTo(context, *url)) return {};
  if (const std::string browser = context.devBrowser(); !browser.empty()) {
    url->appendQueryParameter("__clerk_db_jwt", browser);
  }
  url->setQueryParameter("__clerk_synced", "true");
  return url->href();
}

/// Whether the URL has another scheme than `http` and `https`.
bool hasOtherScheme(std::string_view url) {
  const std::string scheme = ascii::lower(url.substr(0, url.find(':')));
  const auto belongs = [](char c) { return ascii::isAlnum(c) || c == '+' || c == '-' || c == '.'; };
  const bool isScheme = !scheme.empty() && scheme.size() < url.size() && ascii::isAlnum(scheme.front()) &&
                        !ascii::isDigit(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), belongs);
  return isScheme && scheme != "http" && scheme != "https";
}

bool isPageOfClerk(const RequestContext& context, const http::WebUrl& referrer) {
  const RequestSetup& setup = context.setup();
  const auto frontend = http::WebUrl::parse(context.frontendUrl());
  if (frontend && referrer.hostname() == frontend->hostname()) return true;
  if (setup.isDevelopment() && isDevelopmentPortal(referrer.hostname())) return true;
  return setup.options.proxyUrl.empty() && referrer.origin() == accountsPortalOrigin(setup.frontendHost);
}

}  // namespace

std::optional<RequestState> syncSatellite(const RequestContext& context) {
  const RequestAuthenticatorOptions& options = context.setup().options;
  if (!options.isSatellite || !context.request().isForDocument()) return std::nullopt;
  const std::string synced = context.queryParameter("__clerk_synced").value_or("");
  const bool mustSync = synced == "false";
  if (synced == "true" || (hasCookies(context) && !mustSync)) return std::nullopt;
  if (!options.satelliteAutoSync && !mustSync) return signedOut({"session-token-and-uat-missing"});
  const AuthFailure failure{"satellite-needs-syncing"};
  if (context.setup().isDevelopment()) return redirectOrSignedOut(context, failure, primaryUrl(context));
  return handshakeOrSignedOut(context, failure);
}

std::optional<RequestState> returnToSatellite(const RequestContext& context) {
  if (!context.setup().isDevelopment() || context.setup().options.isSatellite) return std::nullopt;
  const auto target = context.queryParameter("__clerk_redirect_url");
  if (!target || target->empty()) return std::nullopt;
  return redirectOrSignedOut(context, {"primary-responds-to-syncing"}, satelliteUrl(context, *target));
}

bool needsCrossOriginSync(const RequestContext& context) {
  const std::string_view text = context.request().referrer;
  if (context.setup().options.isSatellite || text.empty() || !context.request().isForDocument()) return false;
  if (isPlainlyOfPublicOrigin(text, context.setup().options, context.request())) return false;
  if (redirectCount(context) != 0 || context.publicUrl() == nullptr) return false;
  const auto referrer = http::WebUrl::parse(text);
  if (!referrer) return hasOtherScheme(text);
  return referrer->origin() != context.publicUrl()->origin() && !isPageOfClerk(context, *referrer);
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
