/// The strings of the query language of Liveblocks.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Why a text cannot be a string of the query language; null if it can.
const char* problemInQuery(std::string_view text) noexcept;

/// The text as a string of the query language, which it can be: in single quotes, or in double quotes if it contains a
/// single quote.
std::string quotedForQuery(std::string_view text);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
