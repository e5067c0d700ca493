/// Path segments that a proxy may resolve.
#pragma once

#include <cstddef>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// Whether a value is, or contains, a path segment `.` or `..`. A proxy may decode `%2F` or `%5C`, and then resolve the
/// dots after it.
inline bool hasDotSegment(std::string_view value) noexcept {
  while (true) {
    const std::size_t end = value.find_first_of("/\\");
    const std::string_view segment = value.substr(0, end);
    if (segment == "." || segment == "..") return true;
    if (end == std::string_view::npos) return false;
    value.remove_prefix(end + 1);
  }
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
