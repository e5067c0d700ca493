/// The path of a request, in the one form that patterns are compared with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {

constexpr std::size_t maxPathSize = 4096;

/// A path that every router reads in the same way, but for the delimiters that some decode and some do not: what is
/// public must be so in both readings.
struct RoutePath {
  /// Decoded, but for `: ? @ & = + $ , #` that came as escapes.
  std::u16string cautious;
  /// Decoded.
  std::u16string decoded;
};

/// Of a request target: a path with or without query, or an absolute http(s) URL. nullopt when the path is not one that
/// can be trusted to mean the same everywhere: it does not begin with `/`, is longer than `maxPathSize`, or has control
/// characters or line ends, a backslash, an escaped slash, `;`, a raw `#`, empty or dot segments, malformed or nested
/// escapes, or malformed UTF-8, raw or escaped.
std::optional<RoutePath> readRoutePath(std::string_view target);

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
