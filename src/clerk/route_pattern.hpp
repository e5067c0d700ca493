/// Patterns of paths: of public routes, and of routes that are not pages.
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
namespace clerk::detail {

/// A pattern; docs/route-guard.md describes the language.
class RoutePattern {
 public:
  /// Throws `std::invalid_argument` with pattern and offset.
  RoutePattern(std::string_view pattern, bool caseSensitive);

  /// Whether both readings of the path match.
  bool matches(const RoutePath& path) const;

 private:
  Program program_;
};

/// A list of patterns.
class RoutePatterns {
 public:
  static constexpr std::size_t maxCount = 500;

  /// Throws `std::invalid_argument` if there are more than `maxCount`, or if one is invalid.
  RoutePatterns(const std::vector<std::string>& patterns, bool caseSensitive);

  bool match(const RoutePath& path) const;

 private:
  std::vector<RoutePattern> patterns_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
