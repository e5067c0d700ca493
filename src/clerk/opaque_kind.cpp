#include "clerk/opaque_kind.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::array<OpaqueKind, 3> kinds{
    {{TokenType::apiKey, "ak_", "/api_keys/verify", "secret", "api_key", "API key not found"},
     {TokenType::m2mToken, "mt_", "/m2m_tokens/verify", "token", "machine_to_machine_token", "Machine token not found"},
     {TokenType::oauthToken, "oat_", "/oauth_applications/access_tokens/verify", "access_token",
      "clerk_idp_oauth_access_token", "OAuth token not found"}}};

}  // namespace

const OpaqueKind* findOpaqueKind(std::string_view token) noexcept {
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return ascii::startsWith(token, kind.prefix); });
  return found == kinds.end() ? nullptr : found;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
