/// Which Clerk instance a verifier belongs to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/session_verifier.hpp>

#include "clerk/key_source_state.hpp"
#include "clerk/publishable_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What `publishableKey` says; nullopt where it is empty. Throws `std::invalid_argument` when it is none.
std::optional<PublishableKey> readInstance(const VerifierOptions& options);

/// What `iss` of the instance's sessions may be; empty where nothing tells it. Throws `std::invalid_argument` when the
/// keys are of another instance.
std::vector<std::string> chooseIssuers(const VerifierOptions& options, const std::optional<PublishableKey>& instance,
                                       const KeyOrigin& origin);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
