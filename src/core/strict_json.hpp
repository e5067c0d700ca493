/// JSON as RFC 8259 has it, and no more: no duplicate member names (RFC 8725 §2.4), no malformed UTF-8, no lone
/// surrogates, no number that a double cannot hold, bounded depth. Tokens are checked on every request, so this is a
/// scanner of our own, several times as fast as a general parser; a fuzz target holds it to the verdicts of one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {

/// Why a text is not one strict JSON value.
struct Flaw {
  const char* problem;
  /// The byte at which it was noticed.
  std::size_t position;
};

/// nullopt for exactly one strict value, white space around it allowed. `maxDepth` counts nested containers.
std::optional<Flaw> findFlaw(std::string_view text, int maxDepth);

inline bool isStrict(std::string_view text, int maxDepth) { return !findFlaw(text, maxDepth); }

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
