/// What the Backend API says about an opaque machine token.
#pragma once

#include <chrono>
#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/claim_rules.hpp"
#include "clerk/opaque_kind.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Reads an answer of the status 200, which Clerk gives for revoked and for expired tokens, too: they are
/// `Errc::tokenRejected` and `Errc::expired`, the latter also when the expiration is not later than `now`.
/// `Errc::upstream` for anything that is not, in all its members, an answer about a token of that kind.
/// An OAuth token must be for an audience of the rules, where they have any.
Result<MachineToken> readMachineToken(const OpaqueKind& kind, std::string_view body, const ClaimRules& rules,
                                      std::chrono::system_clock::time_point now);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
