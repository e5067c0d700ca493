#include "clerk/request/handshake_resolution.hpp"

#include <iterator>
#include <string>
#include <utility>

#include "clerk/request/handshake_directives.hpp"
#include "clerk/request/handshake_nonce.hpp"
#include "clerk/request/refusal.hpp"
#include "clerk/request/session_verdict.hpp"
#include "core/logging.hpp"
#include "core/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

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
SessionVerdict judge(const RequestContext& context, std::string_view token) {
  const RequestSetup& setup = context.setup();
  SessionVerdict verdict = judgeSession(context, setup.rules, token, carrier);
  if (!setup.isDevelopment() || !verdict.isUntimely()) return verdict;
  writeLog(setup.options.log, LogLevel::warning, "a fresh session is not valid at this time: check the system's clock");
  return judgeSession(context, setup.clockTolerantRules, token, carrier);
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
  const SessionVerdict verdict = judge(context, cookies->sessionToken);
  if (verdict.claims) {
    context.setup().handshakeRefusals->succeeded();
    return signedIn(*verdict.claims, context.setup().options.treatPendingAsSignedOut, std::move(headers));
  }
  report(context, verdict.claims.error());
  return std::nullopt;
}

/// In development the URL must be cleaned of it first.
HandshakeOutcome withoutNonce(const RequestContext& context, const Error& failure) {
  Headers headers = responseHeaders(context, {});
  if (headers.empty()) return {std::nullopt, failure};
  return {signedOut(refusalOfNonce(failure), std::move(headers))};
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
  const auto payload = context.setup().judge.open(token, context.deadline());
  if (!payload) return refuseToken(context, payload.error());
  context.setup().handshakeOutage->succeeded();
  return conclude(context, json::findMember(json::members(*payload), "handshake"));
}

}  // namespace

Refusal refusalOfNonce(const Error& failure) {
  if (failure.code == Errc::notFound) {
    return {"session-token-missing", "Clerk refused the nonce of the handshake"};
  }
  return {"session-token-missing", "Clerk could not be asked about the nonce of the handshake", failure};
}

HandshakeOutcome resolveHandshake(const RequestContext& context) {
  if (!context.received().isForDocument()) return {};
  const RequestCookies& cookies = context.received().cookies;
  const std::string nonce = brought(context, "__clerk_handshake_nonce", cookies.handshakeNonce);
  if (!nonce.empty()) return resolveNonce(context, nonce);
  const std::string token = brought(context, "__clerk_handshake", cookies.handshake);
  if (token.empty()) return {};
  return {resolveToken(context, token)};
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
