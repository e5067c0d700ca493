/// UTF-8 (RFC 3629).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace utf8 {

/// The first bytes of a text: one encoded code point, or the part of a malformed one that a decoder replaces.
struct Sequence {
  std::size_t length;
  bool valid;
};

/// Reads the front of `text`, which must not be empty.
Sequence readSequence(std::string_view text) noexcept;

/// The length in UTF-16 code units; nullopt when `text` is malformed.
std::optional<std::size_t> utf16Length(std::string_view text) noexcept;

/// nullopt when the text is malformed.
std::optional<std::u16string> toUtf16(std::string_view text);

inline bool isValid(std::string_view text) noexcept { return utf16Length(text).has_value(); }

/// As browsers decode a body (https://encoding.spec.whatwg.org/#utf-8-decode): a byte order mark in front is dropped,
/// malformed parts become U+FFFD.
std::string decode(std::string_view text);

/// The same, but a byte order mark stays.
std::string replaceMalformed(std::string_view text);

}  // namespace utf8
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
