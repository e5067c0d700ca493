#include "clerk/request/handshake.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/result.hpp>

#include "clerk/backend_api.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/request.hpp"
#include "clerk/request_state.hpp"
#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/text.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

/// The number and the size of the `Set-Cookie` values.
constexpr std::size_t maxDirectives = 50;
constexpr std::size_t maxDirectiveBytes = std::size_t{16} << 10;

struct HandshakeCookies {
  /// One `Set-Cookie` header for each cookie.
  Headers headers;
  /// The value of the last session cookie; empty if there is none.
  std::string sessionToken;
};

constexpr std::string_view sessionCookie = "__session";
/// The prefixes of the names of cookies that a handshake may set.
constexpr std::array<std::string_view, 4> clerkCookies{sessionCookie, "__client_uat", "__refresh", "__clerk"};

/// The name and the value of `name=value; ...`, borrowed.
struct Directive {
  std::string_view name;
  std::string_view value;
};

std::optional<Directive> readDirective(std::string_view text) {
  if (text.size() > maxDirectiveBytes || !ascii::isPrintable(text)) return std::nullopt;
  const std::string_view pair = text.substr(0, text.find(';'));
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const std::string_view value = pair.substr(equals + 1);
  return Directive{pair.substr(0, equals), value.substr(0, value.find('='))};
}

bool isClerkCookie(std::string_view name) {
  const auto isPrefix = [name](std::string_view start) { return ascii::startsWith(name, start); };
  return std::any_of(clerkCookies.begin(), clerkCookies.end(), isPrefix);
}

/// Reads `json`, the text of a list of `Set-Cookie` values; anything except a list counts as an empty list. Cookies
/// that are not Clerk's are ignored. `Errc::malformed` for a malformed cookie, for one that could end the header, and
/// for too many cookies.
Result<HandshakeCookies> readHandshakeCookies(std::string_view json) {
  const auto items = json::items(json);
  if (items.size() > maxDirectives) return Error{Errc::malformed, "the handshake contains too many cookies"};
  HandshakeCookies cookies;
  for (const std::string_view item : items) {
    auto text = json::toString(item);
    const auto directive = text ? readDirective(*text) : std::nullopt;
    if (!directive) return Error{Errc::malformed, "the handshake contains a malformed cookie"};
    if (!isClerkCookie(directive->name)) continue;
    if (ascii::startsWith(directive->name, sessionCookie)) cookies.sessionToken = directive->value;
    cookies.headers.push_back({"Set-Cookie", *std::move(text), true});
  }
  return cookies;
}

constexpr auto cookieCarrier = SessionToken::Carrier::cookie;

/// The value that Clerk sends: in the URL for a development instance, whose Frontend API cannot set cookies for the
/// application, else in a cookie. Empty if it is absent there. The other place is ignored: in production a link could
/// contain the session of another user; in development a stale cookie would redirect to the same URL forever.
std::string receivedValue(const RequestContext& context, std::string_view name, const RequestCookies::Value& cookie) {
  if (context.setup().isDevelopment()) return context.queryParameter(name).value_or("");
  return decodeCookie(cookie.value_or(""));
}

/// The URL without the parameters of the handshake.
std::string cleanUrl(http::detail::WebUrl url) {
  for (const char* name : {"__clerk_handshake", "__clerk_help", "__clerk_db_jwt", "__clerk_handshake_nonce"}) {
    url.deleteQueryParameter(name);
  }
  return url.href();
}

/// The headers of a response that sets `cookies`, which no cache may store. A page that a script redirected through
/// Clerk comes back with the origin `null`.
Headers withCookies(Headers cookies) {
  Headers headers{{"Access-Control-Allow-Credentials", "true"},
                  {"Access-Control-Allow-Origin", "null"},
                  {"Cache-Control", "no-store"}};
  headers.insert(headers.end(), std::make_move_iterator(cookies.begin()), std::make_move_iterator(cookies.end()));
  return headers;
}

Headers responseHeaders(const RequestContext& context, Headers cookies) {
  Headers headers = cookies.empty() ? Headers{} : withCookies(std::move(cookies));
  if (!context.setup().isDevelopment() || context.publicUrl() == nullptr) return headers;
  if (headers.empty()) headers.push_back({"Cache-Control", "no-store"});
  headers.push_back({"Location", cleanUrl(*context.publicUrl())});
  return headers;
}

using Outage = std::unique_ptr<logging::OutageLog> RequestSetup::*;

void tellFailure(const RequestContext& context, Outage outage, LogLevel level, const Error& error) {
  context.resources().tell([&log = *(context.setup().*outage), level, text = error.message] {
    log.failed(level, "a handshake could not be resolved: " + text);
  });
}

void tellSuccess(const RequestContext& context, Outage outage) {
  context.resources().tell([&log = *(context.setup().*outage)] { log.succeeded(); });
}

/// Logs an outage, which concerns all visitors that come back from Clerk, apart from rejected handshakes, which anyone
/// can send in any number.
void report(const RequestContext& context, const Error& error) {
  if (error.kind() != ErrorKind::unavailable) {
    return tellFailure(context, &RequestSetup::handshakeRefusals, LogLevel::warning, error);
  }
  const bool isOurFault = error.code == Errc::secretKeyRejected;
  tellFailure(context, &RequestSetup::handshakeOutage, isOurFault ? LogLevel::error : LogLevel::warning, error);
}

/// In development the clock may be wrong by more than the lifetime of tokens.
VerificationOutcome verify(const RequestContext& context, std::string_view token) {
  const RequestSetup& setup = context.setup();
  VerificationOutcome outcome = verifySession(context, setup.sessionClaims, token, cookieCarrier);
  if (!setup.isDevelopment() || !outcome.isUntimely()) return outcome;
  context.resources().tell([&log = setup.options.log] {
    logging::write(log, LogLevel::warning, "a fresh session is not valid at this time: check the system's clock");
  });
  return verifySession(context, setup.clockTolerantClaims, token, cookieCarrier);
}

std::optional<RequestState> conclude(const RequestContext& context, std::string_view directives) {
  auto cookies = readHandshakeCookies(directives);
  if (!cookies) {
    report(context, cookies.error());
    return std::nullopt;
  }
  Headers headers = responseHeaders(context, std::move(cookies->headers));
  if (cookies->sessionToken.empty()) {
    return signedOut({"session-token-missing", "the handshake contains no session"}, std::move(headers));
  }
  const VerificationOutcome outcome = verify(context, cookies->sessionToken);
  if (outcome.claims) {
    tellSuccess(context, &RequestSetup::handshakeRefusals);
    return signedIn(*outcome.claims, context.setup().options.treatPendingAsSignedOut, std::move(headers));
  }
  report(context, outcome.claims.error());
  return std::nullopt;
}

/// In development the parameters must be removed from the URL first.
HandshakeResult withoutNonce(const RequestContext& context, const Error& error) {
  Headers headers = responseHeaders(context, {});
  if (headers.empty()) return {std::nullopt, error};
  return {signedOut(nonceFailure(error), std::move(headers))};
}

HandshakeResult resolveNonce(const RequestContext& context, const std::string& nonce) {
  const auto directives = context.resources().fetchHandshake(nonce);
  if (directives) {
    tellSuccess(context, &RequestSetup::handshakeOutage);
    return {conclude(context, *directives)};
  }
  report(context, directives.error());
  return withoutNonce(context, directives.error());
}

/// In development the reason is shown, mostly keys of another instance; in production the cookies decide.
std::optional<RequestState> rejectToken(const RequestContext& context, const Error& error) {
  report(context, error);
  if (!context.setup().isDevelopment()) return std::nullopt;
  return signedOut(
      {std::string(tokenReason(error.code)), "The handshake token could not be verified: " + error.message, error});
}

std::optional<RequestState> resolveToken(const RequestContext& context, std::string_view token) {
  const auto payload = context.setup().verifier.verifySignature(
      token, [&](const SessionKeys::KeyId& keyId) { return context.resources().findKey(keyId); });
  if (!payload) return rejectToken(context, payload.error());
  tellSuccess(context, &RequestSetup::handshakeOutage);
  return conclude(context, json::findMember(json::members(*payload), "handshake"));
}

}  // namespace

AuthFailure nonceFailure(const Error& error) {
  if (error.code == Errc::notFound) {
    return {"session-token-missing", "Clerk rejected the nonce of the handshake"};
  }
  return {"session-token-missing", "the nonce of the handshake could not be verified at Clerk", error};
}

HandshakeResult resolveHandshake(const RequestContext& context) {
  if (!context.request().isForPage(PageRule::handshake)) return {};
  const RequestCookies& cookies = context.request().cookies;
  const std::string nonce = receivedValue(context, "__clerk_handshake_nonce", cookies.handshakeNonce);
  if (!nonce.empty()) return resolveNonce(context, nonce);
  const std::string token = receivedValue(context, "__clerk_handshake", cookies.handshake);
  if (token.empty()) return {};
  return {resolveToken(context, token)};
}

namespace {

constexpr int maxRedirects = 3;

/// The URL that Clerk redirects the browser back to.
std::string returnUrl(http::detail::WebUrl url) {
  url.deleteQueryParameter("__clerk_db_jwt");
  url.deleteQueryParameter("__dev_session");
  return url.href();
}

/// Empty if it is unknown.
std::string handshakeUrl(const RequestContext& context, const std::string& reason) {
  const http::detail::WebUrl* const here = context.publicUrl();
  if (here == nullptr) return {};
  auto url = http::detail::WebUrl::parse(context.frontendUrl() + "/v1/client/handshake");
  if (!url) return {};
  const ChosenCookies& cookies = context.cookies();
  http::detail::FormParameters query{{"redirect_url", returnUrl(*here)},
                                     {"__clerk_api_version", std::string(backendApiVersion)},
                                     {"suffixed_cookies", usesSuffixedCookies(context) ? "true" : "false"},
                                     {"__clerk_hs_reason", reason}};
  // Otherwise the cookies are in a signed token, which is verified without Clerk.
  if (context.setup().canUseBackend()) query.emplace_back("format", "nonce");
  if (!cookies.sessionToken.empty() && cookies.sessionToken.size() <= jwt::maxTokenSize) {
    query.emplace_back("__session", cookies.sessionToken);
  }
  const std::string devBrowser = context.setup().isDevelopment() ? context.devBrowser() : std::string();
  if (!devBrowser.empty()) query.emplace_back("__clerk_db_jwt", devBrowser);
  url->appendQueryParameters(std::move(query));
  return url->href();
}

AuthFailure withoutRedirect(const RequestContext& context, AuthFailure failure) {
  if (context.publicUrl() != nullptr) return failure;
  context.logUnknownUrl();
  if (failure.message.empty()) failure.message = "a redirect is needed, and the public URL of the page is unknown";
  return failure;
}

bool mayBeRedirected(const RequestContext& context) {
  return context.request().isForPage(PageRule::handshake) && redirectCount(context) < maxRedirects;
}

}  // namespace

int redirectCount(const RequestContext& context) {
  const std::string text = decodeCookie(context.request().cookies.redirectCount.value_or(""));
  int count = 0;
  const auto outcome = std::from_chars(text.data(), text.data() + text.size(), count);
  if (outcome.ec == std::errc::result_out_of_range) return maxRedirects;
  return outcome.ptr == text.data() + text.size() && count > 0 ? count : 0;
}

RequestState startHandshake(const RequestContext& context, AuthFailure failure) {
  const std::string location = mayBeRedirected(context) ? handshakeUrl(context, failure.reason) : std::string();
  return redirectOrSignedOut(context, std::move(failure), location);
}

RequestState redirectOrSignedOut(const RequestContext& context, AuthFailure failure, const std::string& location) {
  if (!mayBeRedirected(context)) return signedOut(std::move(failure));
  if (location.empty()) return signedOut(withoutRedirect(context, std::move(failure)));
  const std::string count = std::to_string(redirectCount(context) + 1);
  // The URL contains tokens.
  Headers headers{{"Cache-Control", "no-store"},
                  {"Location", location, true},
                  {"Set-Cookie", "__clerk_redirect_count=" + count + "; SameSite=Lax; HttpOnly; Max-Age=2"}};
  return handshake(std::move(failure), std::move(headers));
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
