#include <liveblocks/clerk/session_token.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include "clerk/request/received_request.hpp"
#include "clerk/session_token.hpp"
#include "core/json_members.hpp"
#include "core/text.hpp"
#include "http/cookies.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

std::optional<UnverifiedClaims> readUnverifiedClaims(std::string_view token) {
  const auto parts = jwt::splitCompactJws(token);
  if (!parts) return std::nullopt;
  const auto payload = jwt::decodeJsonPart(parts->payload, "payload");
  if (!payload) return std::nullopt;
  const auto claims = json::members(*payload);
  return UnverifiedClaims{json::toString(json::findMember(claims, "iss")).value_or(""),
                          json::toInteger(json::findMember(claims, "iat")).value_or(0)};
}

namespace {

constexpr std::string_view cookieName = "__session";

Result<SessionToken> accept(std::string text, SessionToken::Carrier carrier) {
  if (text.size() > jwt::maxTokenSize) return Error{Errc::tokenTooLarge, "the session token is larger than 16 KiB"};
  return SessionToken{std::move(text), carrier};
}

/// nullopt: there is no credential in the header, or one of another scheme.
std::optional<Result<SessionToken>> tokenOfHeader(const http::RequestView& request) {
  const auto isAuthorization = [](const auto& h) { return ascii::equalsIgnoringCase(h.first, "authorization"); };
  const auto found = std::find_if(request.headers.begin(), request.headers.end(), isAuthorization);
  if (found == request.headers.end()) return std::nullopt;
  if (std::any_of(found + 1, request.headers.end(), isAuthorization)) return severalCredentials();
  const auto token = readBearerToken(found->second);
  if (!token) return std::nullopt;
  if (!*token) return token->error();
  return accept(std::string(**token), SessionToken::Carrier::header);
}

/// Empty when there is none.
std::string cookie(const http::RequestView& request, std::string_view name) {
  const auto value = http::findCookie(request, name);
  if (!value) return {};
  return value->size() > 3 * jwt::maxTokenSize ? std::string(*value) : http::percentDecode(*value);
}

/// Which of two cookies counts, by the rules of Clerk's SDK that look at nothing else.
bool plainCookieCounts(std::string_view plain, std::string_view suffixed, const PublishableKey& instance) {
  const auto plainClaims = readUnverifiedClaims(plain);
  if (!plainClaims || plainClaims->issuer.empty()) return true;
  if (plainClaims->issuer != instance.issuer()) return false;
  const auto suffixedClaims = readUnverifiedClaims(suffixed);
  return plainClaims->issuedAt > (suffixedClaims ? suffixedClaims->issuedAt : 0);
}

std::string tokenOfCookies(const http::RequestView& request, const PublishableKey* instance) {
  std::string plain = cookie(request, cookieName);
  if (instance == nullptr) return plain;
  std::string suffixed = cookie(request, std::string(cookieName) + "_" + instance->cookieSuffix);
  if (suffixed.empty()) return plain;
  if (plain.empty()) return suffixed;
  return plainCookieCounts(plain, suffixed, *instance) ? plain : suffixed;
}

}  // namespace

Result<SessionToken> locateSessionToken(const http::RequestView& request, const PublishableKey* instance) {
  if (auto found = tokenOfHeader(request)) return *std::move(found);
  std::string text = tokenOfCookies(request, instance);
  if (text.empty()) return Error{Errc::noToken, "the request carries no session token"};
  return accept(std::move(text), SessionToken::Carrier::cookie);
}

Result<SessionToken> findSessionToken(const http::RequestView& request, std::string_view publishableKey) {
  if (publishableKey.empty()) return locateSessionToken(request, nullptr);
  const PublishableKey instance = parsePublishableKey(publishableKey);
  return locateSessionToken(request, &instance);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
