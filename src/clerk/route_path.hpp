/// The path of a request in the form that patterns are compared with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

constexpr std::size_t maxPathSize = 4096;

/// A path that all routers interpret in the same way, except for delimiters, which only some routers decode: a public
/// path must be public in both readings.
struct RoutePath {
  /// Decoded, except for escaped `: ? @ & = + $ , #`.
  std::u16string cautious;
  /// Decoded.
  std::u16string decoded;
};

/// Reads the path of a request target, which may have a query (RFC 9112 section 3.2.1). nullopt if routers may
/// interpret the path in different ways: if it does not begin with `/`, like an absolute URL, whose scheme and host
/// some routers take for a part of the path; if it is longer than `maxPathSize`; or if it has control characters or
/// line ends, a backslash, an escaped slash, `;`, a raw `#`, empty or dot segments, malformed or nested escapes, or
/// malformed UTF-8, raw or escaped.
std::optional<RoutePath> readRoutePath(std::string_view target);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
