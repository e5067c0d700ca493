/// Whom a machine token stands for.
#pragma once

#include <string_view>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/token_type.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What the subject of a machine begins with; that of a user never does.
constexpr std::string_view machineSubjectPrefix = "mch_";

/// API keys are a user's or an organization's, machine-to-machine tokens a machine's, OAuth tokens a user's.
bool isSubjectOf(TokenType type, std::string_view subject) noexcept;

/// Reads `act`, as JSON text; what is absent or null names nobody. Of a chain the first two are read, as Clerk's SDK
/// does. False when one of them cannot be named: an agent must not pass for the user.
bool readActors(std::string_view json, std::vector<TokenActor>& actors);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
