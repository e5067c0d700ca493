/// The strings of the query language of Liveblocks.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Throws `std::invalid_argument` for a text that is not UTF-8, and for one that the query language cannot express.
void requireExpressible(std::string_view field, std::string_view text);

/// The text as a string of the query language: in single quotes, or in double quotes if it contains a single quote.
std::string quotedForQuery(std::string_view text);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
