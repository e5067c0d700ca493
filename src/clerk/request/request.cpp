#include "clerk/request/request.hpp"

#include <utility>

#include "clerk/request/session_cookie.hpp"
#include "core/text.hpp"
#include "http/cookies.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

constexpr std::string_view whiteSpace = " \t";

/// For a long string, faster than searching for several characters at once.
bool hasWhiteSpace(std::string_view text) noexcept {
  return text.find(' ') != std::string_view::npos || text.find('\t') != std::string_view::npos;
}

Error malformedAuthorization() {
  return {Errc::malformed, "the Authorization header is not of the form \"Bearer <token>\""};
}

/// nullopt: no credentials, or those of another scheme.
std::optional<Result<std::string_view>> readBearerToken(std::string_view value) {
  if (value.empty()) return std::nullopt;
  const std::size_t end = value.find_first_of(whiteSpace);
  if (end == std::string_view::npos) return malformedAuthorization();
  if (!ascii::equalsIgnoringCase(value.substr(0, end), "bearer")) return std::nullopt;
  const std::string_view token = ascii::trim(value.substr(end));
  if (hasWhiteSpace(token)) return malformedAuthorization();
  return token;
}

RequestCookies::Value* findInPair(RequestCookies::Pair& pair, std::string_view rest, std::string_view suffix) noexcept {
  if (rest.empty()) return &pair.plain;
  const bool isOfInstance = !suffix.empty() && rest.front() == '_' && rest.substr(1) == suffix;
  return isOfInstance ? &pair.suffixed : nullptr;
}

}  // namespace

/// Where the value of that cookie is stored; null for a cookie that is not one of Clerk's.
RequestCookies::Value* RequestCookies::find(std::string_view name, std::string_view suffix) noexcept {
  constexpr std::string_view sessionName = "__session";
  constexpr std::string_view clientUatName = "__client_uat";
  constexpr std::string_view devBrowserName = "__clerk_db_jwt";
  constexpr std::string_view refreshName = "__refresh";
  if (!ascii::startsWith(name, "__")) return nullptr;
  const auto in = [&](Pair& pair, std::string_view base) { return findInPair(pair, name.substr(base.size()), suffix); };
  if (ascii::startsWith(name, sessionName)) return in(session, sessionName);
  if (ascii::startsWith(name, clientUatName)) return in(clientUat, clientUatName);
  if (ascii::startsWith(name, devBrowserName)) return in(devBrowser, devBrowserName);
  if (ascii::startsWith(name, refreshName)) return in(refresh, refreshName);
  if (name == "__clerk_handshake") return &handshake;
  if (name == "__clerk_handshake_nonce") return &handshakeNonce;
  if (name == "__clerk_redirect_count") return &redirectCount;
  return nullptr;
}

void RequestCookies::read(std::string_view header, std::string_view suffix) {
  bytes += header.size();
  http::detail::CookieReader reader(header);
  while (!areTooMany()) {
    const auto cookie = reader.next();
    if (!cookie) return;
    ++count;
    Value* const value = find(cookie->name, suffix);
    if (value != nullptr && !*value) *value = cookie->value;
  }
}

std::string decodeCookie(std::string_view value) {
  if (value.find('%') == std::string_view::npos) return std::string(value);
  std::string decoded = http::detail::decodeCookieValue(value);
  return utf8::isValid(decoded) ? decoded : std::string(value);
}

namespace {

void setIfEmpty(std::string_view& header, std::string_view value) noexcept {
  if (header.empty()) header = value;
}

void setFirst(std::optional<std::string_view>& header, std::string_view value) noexcept {
  if (!header) header = value;
}

bool isDocumentOrFrame(std::string_view destination) noexcept {
  return destination == "document" || destination == "iframe";
}

}  // namespace

ParsedRequest::ParsedRequest(const http::RequestView& request, std::string_view cookieSuffix, CookieLimits limits)
    : method(request.method), url(request.url), cookies(limits) {
  for (const auto& [name, value] : request.headers) readHeader(name, ascii::trim(value), cookieSuffix);
}

/// Distinguishes most names by their length.
void ParsedRequest::readHeader(std::string_view name, std::string_view value, std::string_view cookieSuffix) {
  const auto is = [name](std::string_view other) { return ascii::equalsIgnoringCase(name, other); };
  switch (name.size()) {
    case 4:
      if (is("host")) setIfEmpty(host, value);
      break;
    case 6:
      if (is("cookie")) cookies.read(value, cookieSuffix);
      if (is("accept")) setFirst(accept, value);
      break;
    case 7:
      if (is("referer")) setIfEmpty(referrer, value);
      break;
    case 12:
      if (is("content-type")) setFirst(contentType, value);
      break;
    case 13:
      if (is("authorization")) readAuthorization(value);
      break;
    case 14:
      if (is("sec-fetch-dest") && ++destinations == 1) destination = value;
      break;
    case 16:
      if (is("x-forwarded-host")) setIfEmpty(forwardedHost, value);
      break;
    case 17:
      if (is("x-forwarded-proto")) setIfEmpty(forwardedProto, value);
      break;
    default:
      break;
  }
}

void ParsedRequest::readAuthorization(std::string_view value) {
  if (authorization) {
    bearerToken = Error{Errc::malformed, "the request has several Authorization headers"};
    return;
  }
  authorization = value;
  bearerToken = readBearerToken(value);
}

bool ParsedRequest::isGet() const noexcept { return ascii::equalsIgnoringCase(method, "GET"); }

bool ParsedRequest::isForPage(PageRule rule) const {
  if (rule == PageRule::signIn) {
    if ((method != "GET" && method != "HEAD") || isFromProgram() || hasJsonBody()) return false;
    if (destination) return isDocumentOrFrame(*destination);
    return accept && ascii::lower(*accept).find("text/html") != std::string::npos;
  }
  if (!isGet() || destinations > 1) return false;
  const bool isNamed = destination && !destination->empty();
  return isNamed ? isDocumentOrFrame(*destination) : ascii::startsWith(accept.value_or(""), "text/html");
}

bool ParsedRequest::isForDocument() const noexcept { return isGet() && destinations == 1 && destination == "document"; }

/// Whether the request has an `Authorization` header that browsers do not send of their own accord.
bool ParsedRequest::isFromProgram() const {
  if (!authorization) return false;
  const std::string scheme = ascii::lower(ascii::splitOnce(*authorization, ' ').first);
  return scheme != "basic" && scheme != "digest" && scheme != "negotiate";
}

/// `application/json` and similar types, such as `application/problem+json`.
bool ParsedRequest::hasJsonBody() const {
  constexpr std::string_view subtype = "json";
  const std::string type = ascii::lower(ascii::trim(ascii::splitOnce(contentType.value_or(""), ';').first));
  const std::size_t start = type.find_last_of("/+");
  return start != std::string::npos && std::string_view(type).substr(start + 1) == subtype;
}

namespace {

Result<SessionToken> checkedToken(std::string text, SessionToken::Carrier carrier) {
  if (text.size() > jwt::maxTokenSize) return Error{Errc::tokenTooLarge, "the session token is larger than 16 KiB"};
  return SessionToken{std::move(text), carrier};
}

}  // namespace

Result<SessionToken> ParsedRequest::sessionToken(const PublishableKey* instance) const {
  if (bearerToken) {
    if (!*bearerToken) return bearerToken->error();
    return checkedToken(std::string(**bearerToken), SessionToken::Carrier::header);
  }
  std::string text = chooseSessionToken(cookies.session, instance);
  if (text.empty()) return Error{Errc::noToken, "the request has no session token"};
  return checkedToken(std::move(text), SessionToken::Carrier::cookie);
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
