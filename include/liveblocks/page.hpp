/// @file
/// Pages of the lists of Liveblocks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// A page of a list.
template <class T>
struct Page {
  /// The items of this page.
  std::vector<T> data;
  /// Where the next page begins; nullopt after the last page.
  std::optional<std::string> nextCursor;
};

/// Selects a page of a list.
struct PageOptions {
  /// The largest number of items; unset for the default of Liveblocks.
  std::optional<std::size_t> limit = {};
  /// The `nextCursor` of the previous page, never empty; unset for the first page.
  std::optional<std::string> startingAfter = {};
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
