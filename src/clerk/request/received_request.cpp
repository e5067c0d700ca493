#include "clerk/request/received_request.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "http/cookies.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::string_view blanks = " \t";

/// Of a long text, faster than looking for several characters at once.
bool holdsBlank(std::string_view text) noexcept {
  return text.find(' ') != std::string_view::npos || text.find('\t') != std::string_view::npos;
}

Error badHeader() { return {Errc::malformed, "the Authorization header is not of the form \"Bearer <token>\""}; }

}  // namespace

std::optional<Result<std::string_view>> readBearerToken(std::string_view value) {
  value = ascii::trim(value);
  if (value.empty()) return std::nullopt;
  const std::size_t end = value.find_first_of(blanks);
  if (end == std::string_view::npos) return badHeader();
  if (!ascii::equalsIgnoringCase(value.substr(0, end), "bearer")) return std::nullopt;
  const std::string_view token = ascii::trim(value.substr(end));
  if (holdsBlank(token)) return badHeader();
  return token;
}

Error severalCredentials() { return {Errc::malformed, "the request has several Authorization headers"}; }

namespace {

using Value = RequestCookies::Value;

Value* findInPair(RequestCookies::Pair& pair, std::string_view rest, std::string_view suffix) noexcept {
  if (rest.empty()) return &pair.plain;
  const bool isOurs = !suffix.empty() && rest.front() == '_' && rest.substr(1) == suffix;
  return isOurs ? &pair.suffixed : nullptr;
}

/// Where the value of that cookie goes; null when it is none of Clerk's.
Value* find(RequestCookies& cookies, std::string_view name, std::string_view suffix) noexcept {
  constexpr std::string_view session = "__session";
  constexpr std::string_view clientUat = "__client_uat";
  constexpr std::string_view devBrowser = "__clerk_db_jwt";
  constexpr std::string_view refresh = "__refresh";
  if (!ascii::startsWith(name, "__")) return nullptr;
  const auto in = [&](RequestCookies::Pair& pair, std::string_view base) {
    return findInPair(pair, name.substr(base.size()), suffix);
  };
  if (ascii::startsWith(name, session)) return in(cookies.session, session);
  if (ascii::startsWith(name, clientUat)) return in(cookies.clientUat, clientUat);
  if (ascii::startsWith(name, devBrowser)) return in(cookies.devBrowser, devBrowser);
  if (ascii::startsWith(name, refresh)) return in(cookies.refresh, refresh);
  if (name == "__clerk_handshake") return &cookies.handshake;
  if (name == "__clerk_handshake_nonce") return &cookies.handshakeNonce;
  if (name == "__clerk_redirect_count") return &cookies.redirectCount;
  return nullptr;
}

}  // namespace

bool RequestCookies::areTooMany() const noexcept { return bytes > maxCookieBytes || count > maxCookies; }

void readCookies(std::string_view header, std::string_view suffix, RequestCookies& cookies) {
  cookies.bytes += header.size();
  while (!header.empty() && !cookies.areTooMany()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    ++cookies.count;
    Value* const value = find(cookies, ascii::trim(pair.substr(0, equals)), suffix);
    if (value != nullptr && !*value) *value = ascii::trim(pair.substr(equals + 1));
  }
}

std::string decodeCookie(std::string_view value) {
  if (value.find('%') == std::string_view::npos) return std::string(value);
  std::string decoded = http::percentDecode(value);
  return utf8::isValid(decoded) ? decoded : std::string(value);
}

namespace {

void keepFirst(std::string_view& header, std::string_view value) noexcept {
  if (header.empty()) header = value;
}

void readCredential(ReceivedRequest& received, std::string_view value) {
  const bool isFirst = received.credentials++ == 0;
  received.credential = isFirst ? readBearerToken(value) : severalCredentials();
}

/// Most names are told apart by their length.
void read(ReceivedRequest& received, std::string_view name, std::string_view value, std::string_view cookieSuffix) {
  const auto is = [name](std::string_view other) { return ascii::equalsIgnoringCase(name, other); };
  switch (name.size()) {
    case 4:
      if (is("host")) keepFirst(received.host, value);
      break;
    case 6:
      if (is("cookie")) readCookies(value, cookieSuffix, received.cookies);
      if (is("accept")) keepFirst(received.accept, value);
      break;
    case 7:
      if (is("referer")) keepFirst(received.referrer, value);
      break;
    case 13:
      if (is("authorization")) readCredential(received, value);
      break;
    case 14:
      // Several together are no destination.
      if (is("sec-fetch-dest")) received.secFetchDest = received.secFetchDest.empty() ? value : "several";
      break;
    case 16:
      if (is("x-forwarded-host")) keepFirst(received.forwardedHost, value);
      break;
    case 17:
      if (is("x-forwarded-proto")) keepFirst(received.forwardedProto, value);
      break;
    default:
      break;
  }
}

}  // namespace

bool ReceivedRequest::isForDocument() const noexcept {
  if (!isGet) return false;
  if (secFetchDest.empty()) return ascii::startsWith(accept, "text/html");
  return secFetchDest == "document" || secFetchDest == "iframe";
}

ReceivedRequest receive(const http::RequestView& request, std::string_view cookieSuffix) {
  ReceivedRequest received;
  received.url = request.url;
  received.isGet = ascii::equalsIgnoringCase(request.method, "GET");
  for (const auto& [name, value] : request.headers) read(received, name, ascii::trim(value), cookieSuffix);
  return received;
}

namespace {
/// `application/json` and its kin, as in `application/problem+json`.
bool isJson(std::string_view mediaType) {
  constexpr std::string_view suffix = "json";
  const std::string type = ascii::lower(ascii::trim(ascii::splitOnce(mediaType, ';').first));
  const std::size_t start = type.find_last_of("/+");
  return start != std::string::npos && std::string_view(type).substr(start + 1) == suffix;
}

/// By an `Authorization` header that a browser does not send of its own accord.
bool isFromProgram(const http::RequestView& request) {
  const auto authorization = http::findHeader(request, "authorization");
  if (!authorization) return false;
  const std::string scheme = ascii::lower(ascii::splitOnce(*authorization, ' ').first);
  return scheme != "basic" && scheme != "digest" && scheme != "negotiate";
}

bool wantsHtml(const http::RequestView& request) {
  const auto accept = http::findHeader(request, "accept");
  return accept && ascii::lower(*accept).find("text/html") != std::string::npos;
}

}  // namespace

bool isPageRequest(const http::RequestView& request) {
  if (request.method != "GET" && request.method != "HEAD") return false;
  if (isFromProgram(request) || isJson(http::findHeader(request, "content-type").value_or(""))) return false;
  const auto destination = http::findHeader(request, "sec-fetch-dest");
  return destination ? *destination == "document" || *destination == "iframe" : wantsHtml(request);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
