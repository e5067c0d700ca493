/// Patterns of paths: what may pass without a session, what is no page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/version.hpp>

#include "clerk/route_path.hpp"
#include "clerk/route_program.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

/// docs/route-guard.md has the language.
class RoutePattern {
 public:
  /// Throws `std::invalid_argument` naming pattern and offset.
  RoutePattern(std::string_view pattern, bool caseSensitive);

  /// True when both readings of the path do.
  bool matches(const RoutePath& path) const;

 private:
  Program program_;
};

/// Several of them.
class RoutePatterns {
 public:
  static constexpr std::size_t maxCount = 500;

  /// Throws `std::invalid_argument` when there are more than `maxCount`, or one cannot be read.
  RoutePatterns(const std::vector<std::string>& patterns, bool caseSensitive);

  bool match(const RoutePath& path) const;

 private:
  std::vector<RoutePattern> patterns_;
};

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
