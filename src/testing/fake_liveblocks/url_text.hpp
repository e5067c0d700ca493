/// Texts as they stand in URLs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// nullopt when an escape is malformed, or what is escaped is not UTF-8.
std::optional<std::string> percentDecode(std::string_view text);

/// The parameters of a query, decoded; nullopt as above.
std::optional<std::vector<std::pair<std::string, std::string>>> readQuery(std::string_view query);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
