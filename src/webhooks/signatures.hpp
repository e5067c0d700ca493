/// The signature header of Standard Webhooks.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The base64 texts of version `v1` among entries that are separated by blanks. nullopt when there are more entries, of
/// any version, than `Verifier::maxSignatures`.
std::optional<std::vector<std::string_view>> readSignatures(std::string_view header);

/// In a time that depends on the lengths alone.
bool equalInConstantTime(std::string_view a, std::string_view b) noexcept;

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
