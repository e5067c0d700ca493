/// Lists as JSON.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// @{
/// An array of strings. Texts must be UTF-8.
std::string jsonList(const std::vector<std::string>& texts);
std::string jsonList(const Permissions& permissions);
/// @}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
