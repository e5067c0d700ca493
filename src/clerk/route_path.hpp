/// The path of a request, in the one form that patterns are compared with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

constexpr std::size_t maxPathSize = 4096;

/// A path that every router reads in the same way, but for the delimiters that some decode and some do not: what is
/// public must be so in both readings.
struct RoutePath {
  /// Decoded, but for `: ? @ & = + $ , #` that came as escapes.
  std::u16string cautious;
  /// Decoded.
  std::u16string decoded;
};

/// Of a request target: a path with or without query (RFC 9112 section 3.2.1). nullopt when the path is not one that
/// can be trusted to mean the same everywhere: it does not begin with `/`, as that of an absolute URL, whose scheme and
/// host some routers take for a part of the path; it is longer than `maxPathSize`; or it has control characters or line
/// ends, a backslash, an escaped slash, `;`, a raw `#`, empty or dot segments, malformed or nested escapes, or
/// malformed UTF-8, raw or escaped.
std::optional<RoutePath> readRoutePath(std::string_view target);

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
