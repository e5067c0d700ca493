#include "clerk/unverified_claims.hpp"

#include "core/members.hpp"
#include "jwt/compact_jws.hpp"
#include "jwt/json_part.hpp"

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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
