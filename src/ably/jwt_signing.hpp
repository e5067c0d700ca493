/// The part of an Ably JWT's signature that reads no clock.
#pragma once

#include <chrono>
#include <string>

#include <liveblocks/ably/jwt_signer.hpp>

#include "ably/api_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// As the params stand: they are not checked, and everything the key may do is left unsaid.
Result<std::string> signJwt(const ApiKey& key, const JwtParams& params, std::chrono::seconds issuedAt);

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
