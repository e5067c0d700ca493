/// Percent-encoding as https://url.spec.whatwg.org/#percent-encoded-bytes has it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// The printable ASCII characters that are escaped in a part of a URL. `%` is in none but the last two: what is escaped
/// already stays as it is.
/// @{
inline constexpr std::string_view pathEscapes = " \"#<>?^`{}";
inline constexpr std::string_view queryEscapes = " \"#<>'";
inline constexpr std::string_view fragmentEscapes = " \"<>`";
inline constexpr std::string_view userInfoEscapes = " \"#/:;<=>?@[\\]^`{|}";
/// As `encodeURIComponent()` of ECMAScript has it.
inline constexpr std::string_view componentEscapes = " \"#$%&+,/:;<=>?@[\\]^`{|}";
/// A space becomes `+` there.
inline constexpr std::string_view formEscapes = "!\"#$%&'()+,/:;<=>?@[\\]^`{|}~";
/// @}

/// Escapes the characters in `escapes`, control characters and all that is not ASCII.
std::string percentEncode(std::string_view text, std::string_view escapes);

/// The byte that the escape (`%XX`) at `position` stands for; nullopt when there is none.
std::optional<char> percentEscapeAt(std::string_view text, std::size_t position) noexcept;

/// Decodes what is an escape and keeps all else, so that the result may be any bytes.
std::string percentDecodeLeniently(std::string_view text);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
