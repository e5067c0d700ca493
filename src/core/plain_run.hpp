/// Skipping what needs no attention inside JSON strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {

/// Whether it may stand in a string as it is, and is ASCII.
constexpr bool isPlain(char c) noexcept {
  return c >= ' ' && c != '"' && c != '\\' && static_cast<unsigned char>(c) < 0x80;
}

/// Whether any of eight characters is not plain.
constexpr bool isAnyNotPlain(std::uint64_t characters) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101;
  constexpr std::uint64_t highBits = each * 0x80;
  // No plain character borrows, or has its high bit set afterwards.
  const std::uint64_t quotationMarks = characters ^ each * '"';
  const std::uint64_t reverseSolidi = characters ^ each * '\\';
  const std::uint64_t borrows = (quotationMarks - each) | (reverseSolidi - each) | (characters - each * ' ');
  return ((borrows | characters) & highBits) != 0;
}

/// The length of the plain characters at the beginning of the text.
inline std::size_t plainRun(std::string_view text) noexcept {
  std::size_t size = 0;
  for (std::uint64_t characters = 0; size + sizeof characters <= text.size(); size += sizeof characters) {
    std::memcpy(&characters, text.data() + size, sizeof characters);
    if (isAnyNotPlain(characters)) break;
  }
  while (size < text.size() && isPlain(text[size])) ++size;
  return size;
}

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
