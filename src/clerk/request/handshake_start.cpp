#include "clerk/request/handshake_start.hpp"

#include <charconv>
#include <utility>

#include "clerk/backend_request.hpp"
#include "jwt/compact_jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr int maxRedirects = 3;

/// Where Clerk sends the browser back to.
std::string returnUrl(http::WebUrl url) {
  url.deleteQueryParameter("__clerk_db_jwt");
  url.deleteQueryParameter("__dev_session");
  return url.href();
}

/// Empty where it is unknown.
std::string handshakeUrl(const RequestContext& context, const std::string& reason) {
  const http::WebUrl* const here = context.publicUrl();
  if (here == nullptr) return {};
  auto url = http::WebUrl::parse(context.frontendUrl() + "/v1/client/handshake");
  if (!url) return {};
  const ChosenCookies& cookies = context.cookies();
  http::FormParameters query{{"redirect_url", returnUrl(*here)},
                             {"__clerk_api_version", std::string(backendApiVersion)},
                             {"suffixed_cookies", usesSuffixedCookies(context) ? "true" : "false"},
                             {"__clerk_hs_reason", reason}};
  // Else the cookies come in a signed token, which can be read without Clerk.
  if (context.setup().canAskBackend()) query.emplace_back("format", "nonce");
  if (!cookies.sessionToken.empty() && cookies.sessionToken.size() <= jwt::maxTokenSize) {
    query.emplace_back("__session", cookies.sessionToken);
  }
  const std::string devBrowser = context.setup().isDevelopment() ? context.devBrowser() : std::string();
  if (!devBrowser.empty()) query.emplace_back("__clerk_db_jwt", devBrowser);
  url->appendQueryParameters(std::move(query));
  return url->href();
}

Refusal withoutRedirect(const RequestContext& context, Refusal refusal) {
  if (context.publicUrl() != nullptr) return refusal;
  context.sayThatUrlIsUnknown();
  if (refusal.message.empty()) refusal.message = "a redirect is needed, and the public URL of the page is unknown";
  return refusal;
}

bool mayBeSent(const RequestContext& context) {
  return context.received().isForDocument() && redirectCount(context) < maxRedirects;
}

}  // namespace

int redirectCount(const RequestContext& context) {
  const std::string text = decodeCookie(context.received().cookies.redirectCount.value_or(""));
  int count = 0;
  const auto outcome = std::from_chars(text.data(), text.data() + text.size(), count);
  if (outcome.ec == std::errc::result_out_of_range) return maxRedirects;
  return outcome.ptr == text.data() + text.size() && count > 0 ? count : 0;
}

RequestState handshakeOrSignedOut(const RequestContext& context, Refusal refusal) {
  const std::string location = mayBeSent(context) ? handshakeUrl(context, refusal.reason) : std::string();
  return redirectOrSignedOut(context, std::move(refusal), location);
}

RequestState redirectOrSignedOut(const RequestContext& context, Refusal refusal, const std::string& location) {
  if (!mayBeSent(context)) return signedOut(std::move(refusal));
  if (location.empty()) return signedOut(withoutRedirect(context, std::move(refusal)));
  const std::string count = std::to_string(redirectCount(context) + 1);
  // The URL holds tokens.
  Headers headers{{"Cache-Control", "no-store"},
                  {"Location", location, true},
                  {"Set-Cookie", "__clerk_redirect_count=" + count + "; SameSite=Lax; HttpOnly; Max-Age=2"}};
  return handshake(std::move(refusal), std::move(headers));
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
