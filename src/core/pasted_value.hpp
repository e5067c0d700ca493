/// What people paste into environment variables and configuration files, one rule for all of it: docs/clerk.md,
/// "What may be pasted".
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liveblocks/core/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace pasted {

/// `text` without the white space around it, one pair of quotes around that, and the white space within the pair.
/// White space is that of ECMAScript and what of Unicode cannot be seen; quotes are straight, typographic or backticks.
std::string_view clean(std::string_view text) noexcept;

/// Why `text`, which is clean, is no value of any kind, as in `begins with "NAME=": pass what stands after it`: its
/// name stands in front, it refers to a variable, has a quote or bracket left, is a placeholder, or only the beginning
/// of a key. Of a value it holds nothing.
std::optional<std::string> problemOf(std::string_view text);

/// What `text`, which is clean, is at a glance, as in `a secret key (sk_...)`; null when one cannot tell.
const char* kindOf(std::string_view text) noexcept;

/// @{
/// What was pasted as `option`, clean. Throws `std::invalid_argument`, naming the option, where `problemOf()` has
/// something to say.
std::string_view read(std::string_view option, std::string_view text);
Secret readSecret(std::string_view option, const Secret& text);
/// @}

/// Of a clean `text` that is not what the option must be: `<option> must be <expected>, but this is <kind>`.
std::invalid_argument refusal(std::string_view option, std::string_view expected, std::string_view text);

}  // namespace pasted
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
