/// Looking into JSON text that has already passed `parseStrictly()`, without building a tree: values stay the exact
/// text that was signed or sent, numbers of any length included.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {

/// The members of an object as the text between its braces has them; names keep their quotes and escapes.
/// Empty for any other value. Borrows `text`.
std::vector<std::pair<std::string_view, std::string_view>> members(std::string_view text);

/// The items of an array; empty for any other value. Borrows `text`.
std::vector<std::string_view> items(std::string_view text);

/// Whether a name or string, quotes and escapes included, stands for `text`.
bool spells(std::string_view quoted, std::string_view text);

/// The value of a string, number without fraction and exponent, or boolean; nullopt for any other value and for a
/// number that does not fit.
std::optional<std::string> toString(std::string_view text);
std::optional<std::int64_t> toInteger(std::string_view text) noexcept;
std::optional<bool> toBool(std::string_view text) noexcept;

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
