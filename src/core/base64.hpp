/// Base64 and base64url (RFC 4648).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace base64 {

std::string encode(std::string_view bytes);

}  // namespace base64

namespace base64url {

std::string encode(std::string_view bytes);

/// nullopt for padding, white space, `+`, `/` or any other foreign character, for a length that no encoder produces,
/// and for unused bits that are not zero.
std::optional<std::string> decode(std::string_view text);

/// How many bytes text of that length decodes to.
constexpr std::size_t decodedSize(std::size_t length) noexcept { return length / 4 * 3 + length % 4 * 3 / 4; }

/// As `decode()`, into `decodedSize(text.size())` bytes at `out`. On false they are unspecified.
bool decodeTo(std::string_view text, char* out) noexcept;

}  // namespace base64url
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
