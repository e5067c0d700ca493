/// Requests that carry, or must carry, a machine token.
#pragma once

#include <optional>
#include <string_view>

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The kind of a machine token, by its prefix or, unverified, by what it says; nullopt for anything else.
std::optional<TokenType> machineTokenType(std::string_view token);

/// `type`: of the token, one that is accepted.
RequestState authenticateMachine(const RequestContext& context, TokenType type, std::string_view token);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
