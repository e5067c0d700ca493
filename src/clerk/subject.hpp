/// Whose a machine token can be.
#pragma once

#include <string_view>

#include <liveblocks/clerk/token_type.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What the subject of a machine begins with; that of a user never does.
constexpr std::string_view machineSubjectPrefix = "mch_";

/// API keys are a user's or an organization's, machine-to-machine tokens a machine's, OAuth tokens a user's.
bool isSubjectOf(TokenType type, std::string_view subject) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
