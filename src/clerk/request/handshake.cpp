#include "clerk/request/handshake.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/result.hpp>

#include "clerk/backend_api.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/request.hpp"
#include "clerk/request/result.hpp"
#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {
namespace {

constexpr std::size_t maxNonceBytes = 512;
/// The largest response of the Backend API to a nonce.
constexpr std::size_t maxHandshakeBytes = std::size_t{256} << 10;
constexpr int maxHandshakeDepth = 16;
/// The number and the size of the `Set-Cookie` values.
constexpr std::size_t maxDirectives = 50;
constexpr std::size_t maxDirectiveBytes = std::size_t{16} << 10;

struct HandshakeCookies {
  /// One `Set-Cookie` each.
  Headers headers;
  /// Of the last session cookie among them; empty when there is none.
  std::string sessionToken;
};

constexpr std::string_view sessionCookie = "__session";
/// How the names of the cookies begin that a handshake may set.
constexpr std::array<std::string_view, 4> clerkCookies{sessionCookie, "__client_uat", "__refresh", "__clerk"};

/// `name=value; ...`, borrowed.
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

bool isClerks(std::string_view name) {
  const auto begins = [name](std::string_view start) { return ascii::startsWith(name, start); };
  return std::any_of(clerkCookies.begin(), clerkCookies.end(), begins);
}

/// Reads `json`, the text of a list of `Set-Cookie` values; anything but a list counts as an empty one. Cookies that
/// are not Clerk's are left out. `Errc::malformed` for one that is no cookie or could end the header, and for more of
/// them than a handshake has.
Result<HandshakeCookies> readHandshakeCookies(std::string_view json) {
  const auto items = json::items(json);
  if (items.size() > maxDirectives) return Error{Errc::malformed, "the handshake brings too many cookies"};
  HandshakeCookies cookies;
  for (const std::string_view item : items) {
    auto text = json::toString(item);
    const auto directive = text ? readDirective(*text) : std::nullopt;
    if (!directive) return Error{Errc::malformed, "the handshake brings a cookie that is none"};
    if (!isClerks(directive->name)) continue;
    if (ascii::startsWith(directive->name, sessionCookie)) cookies.sessionToken = directive->value;
    cookies.headers.push_back({"Set-Cookie", *std::move(text), true});
  }
  return cookies;
}

Error unknownNonce() { return {Errc::notFound, "Clerk does not know the handshake"}; }

/// A rejected nonce is the browser's fault, anything else is not.
Error failed(const http::Response& answer, std::chrono::system_clock::time_point now) {
  return isRefusal(answer.status) ? unknownNonce() : backendError(answer, now);
}

Result<std::string> readPayload(const std::string& body) {
  if (!json::isStrict(body, maxHandshakeDepth)) return Error{Errc::upstream, "Clerk answered with something else"};
  return std::string(json::findMember(json::members(body), "directives"));
}

/// The JSON text of the list of cookies; it may be empty. Asks the Backend API, once, by the deadline. An error of the
/// kind `unavailable`: the handshake may be good.
Result<std::string> fetchHandshake(const RequestContext& context, std::string_view nonce) {
  const RequestSetup& setup = context.setup();
  if (nonce.size() > maxNonceBytes) return unknownNonce();
  if (!setup.canUseBackend()) {
    return Error{Errc::keysUnavailable, "a handshake by nonce needs secretKey and a transport"};
  }
  auto url = http::WebUrl::parse(setup.options.apiUrl + "/v1/clients/handshake_payload");
  if (!url) return Error{Errc::invalidRequest, "apiUrl is no URL that a query can be added to"};
  url->appendQueryParameter("nonce", nonce);
  if (std::chrono::steady_clock::now() >= context.deadline()) {
    return Error{Errc::timeout, "the deadline passed before the handshake was asked for"};
  }
  http::Call call{context.deadline()};
  call.maxBody = maxHandshakeBytes;
  // A nonce is good for one answer: that of a second request would be an error.
  call.once = true;
  const http::WipedRequest wiped(backendRequest(url->href(), setup.options.secretKey));
  const auto answer = http::sendWithRetry(*setup.transport, wiped.get(), call, http::RetryPolicy::off());
  if (!answer) return answer.error();
  return answer->status == 200 ? readPayload(answer->body) : failed(*answer, context.now());
}

constexpr auto carrier = SessionToken::Carrier::cookie;

/// Empty when it is not where Clerk puts it: in the URL with a development instance, whose Frontend API can set no
/// cookies for the application, else in a cookie. A link to a production site could bring somebody else's session; in
/// development a left-over cookie would lead to the same URL without end.
std::string brought(const RequestContext& context, std::string_view name, const RequestCookies::Value& cookie) {
  if (context.setup().isDevelopment()) return context.queryParameter(name).value_or("");
  return decodeCookie(cookie.value_or(""));
}

/// The URL without what the handshake has added to it.
std::string cleanUrl(http::WebUrl url) {
  for (const char* name : {"__clerk_handshake", "__clerk_help", "__clerk_db_jwt", "__clerk_handshake_nonce"}) {
    url.deleteQueryParameter(name);
  }
  return url.href();
}

/// Of the answer that sets `cookies`, which no cache may keep. A page that goes through Clerk by a script has the
/// origin `null` when it comes back.
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

/// An outage concerns every visitor who comes back from Clerk, and what is refused anybody can send without end.
void report(const RequestContext& context, const Error& error) {
  const std::string message = "a handshake could not be resolved: " + error.message;
  if (error.kind() != ErrorKind::unavailable) {
    return context.setup().handshakeRefusals->failed(LogLevel::warning, message);
  }
  const bool ours = error.code == Errc::secretKeyRejected;
  context.setup().handshakeOutage->failed(ours ? LogLevel::error : LogLevel::warning, message);
}

/// In development the machine's clock may be wrong by more than tokens live.
VerificationOutcome judge(const RequestContext& context, std::string_view token) {
  const RequestSetup& setup = context.setup();
  VerificationOutcome outcome = verifySession(context, setup.sessionClaims, token, carrier);
  if (!setup.isDevelopment() || !outcome.isUntimely()) return outcome;
  writeLog(setup.options.log, LogLevel::warning, "a fresh session is not valid at this time: check the system's clock");
  return verifySession(context, setup.clockTolerantClaims, token, carrier);
}

std::optional<RequestState> conclude(const RequestContext& context, std::string_view directives) {
  auto cookies = readHandshakeCookies(directives);
  if (!cookies) {
    report(context, cookies.error());
    return std::nullopt;
  }
  Headers headers = responseHeaders(context, std::move(cookies->headers));
  if (cookies->sessionToken.empty()) {
    return signedOut({"session-token-missing", "the handshake brought no session"}, std::move(headers));
  }
  const VerificationOutcome outcome = judge(context, cookies->sessionToken);
  if (outcome.claims) {
    context.setup().handshakeRefusals->succeeded();
    return signedIn(*outcome.claims, context.setup().options.treatPendingAsSignedOut, std::move(headers));
  }
  report(context, outcome.claims.error());
  return std::nullopt;
}

/// In development the URL must be cleaned of it first.
HandshakeOutcome withoutNonce(const RequestContext& context, const Error& failure) {
  Headers headers = responseHeaders(context, {});
  if (headers.empty()) return {std::nullopt, failure};
  return {signedOut(nonceFailure(failure), std::move(headers))};
}

HandshakeOutcome resolveNonce(const RequestContext& context, std::string_view nonce) {
  const auto directives = fetchHandshake(context, nonce);
  if (directives) {
    context.setup().handshakeOutage->succeeded();
    return {conclude(context, *directives)};
  }
  report(context, directives.error());
  return withoutNonce(context, directives.error());
}

/// Developers learn what is wrong, mostly keys of another instance; visitors of a production site carry on.
std::optional<RequestState> refuseToken(const RequestContext& context, const Error& error) {
  report(context, error);
  if (!context.setup().isDevelopment()) return std::nullopt;
  return signedOut({std::string(tokenReason(error.code)), "The handshake token was refused: " + error.message, error});
}

std::optional<RequestState> resolveToken(const RequestContext& context, std::string_view token) {
  const auto payload = context.setup().verifier.verifySignature(token, context.deadline());
  if (!payload) return refuseToken(context, payload.error());
  context.setup().handshakeOutage->succeeded();
  return conclude(context, json::findMember(json::members(*payload), "handshake"));
}

}  // namespace

AuthFailure nonceFailure(const Error& failure) {
  if (failure.code == Errc::notFound) {
    return {"session-token-missing", "Clerk refused the nonce of the handshake"};
  }
  return {"session-token-missing", "Clerk could not be asked about the nonce of the handshake", failure};
}

HandshakeOutcome resolveHandshake(const RequestContext& context) {
  if (!context.request().isForPage(PageRule::handshake)) return {};
  const RequestCookies& cookies = context.request().cookies;
  const std::string nonce = brought(context, "__clerk_handshake_nonce", cookies.handshakeNonce);
  if (!nonce.empty()) return resolveNonce(context, nonce);
  const std::string token = brought(context, "__clerk_handshake", cookies.handshake);
  if (token.empty()) return {};
  return {resolveToken(context, token)};
}

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
  context.sayThatUrlIsUnknown();
  if (failure.message.empty()) failure.message = "a redirect is needed, and the public URL of the page is unknown";
  return failure;
}

bool mayBeSent(const RequestContext& context) {
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

RequestState handshakeOrSignedOut(const RequestContext& context, AuthFailure failure) {
  const std::string location = mayBeSent(context) ? handshakeUrl(context, failure.reason) : std::string();
  return redirectOrSignedOut(context, std::move(failure), location);
}

RequestState redirectOrSignedOut(const RequestContext& context, AuthFailure failure, const std::string& location) {
  if (!mayBeSent(context)) return signedOut(std::move(failure));
  if (location.empty()) return signedOut(withoutRedirect(context, std::move(failure)));
  const std::string count = std::to_string(redirectCount(context) + 1);
  // The URL holds tokens.
  Headers headers{{"Cache-Control", "no-store"},
                  {"Location", location, true},
                  {"Set-Cookie", "__clerk_redirect_count=" + count + "; SameSite=Lax; HttpOnly; Max-Age=2"}};
  return handshake(std::move(failure), std::move(headers));
}

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
