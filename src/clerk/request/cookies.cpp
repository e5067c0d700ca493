#include "clerk/request/cookies.hpp"

#include <algorithm>

#include "clerk/request/limits.hpp"
#include "core/ascii.hpp"
#include "core/utf8.hpp"
#include "http/cookies.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
