/// What a verified machine JWT says.
#pragma once

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/claim_rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Reads the claims of a machine-to-machine or an OAuth token, which the rules have passed. `Errc::badClaim` when they
/// contradict their format, or when the subject can have no token of that type.
Result<MachineToken> readSignedToken(TokenType type, const TokenContent& content);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
