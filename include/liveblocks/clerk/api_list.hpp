/// @file
/// Lists of Clerk's Backend API, and the parts of them that a call gets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::api {

/// Which part of a list. Values beyond the limits are `Errc::invalidRequest` of the call. For the next part add the
/// number of items to `offset`, until it reaches `List::totalCount`. A list that changes meanwhile may repeat or omit
/// items: to find out whether somebody is in it, filter by their id instead.
struct PageOptions {
  /// The largest number of items in a response.
  static constexpr int maxLimit = 500;

  /// The number of items, 1 to `maxLimit`; nullopt for the number that Clerk chooses, which is 10.
  std::optional<int> limit = {};
  /// How many items to skip; at least 0.
  int offset = 0;
};

/// A part of a list.
template <class T>
struct List {
  /// The items of this part.
  std::vector<T> data;
  /// The number of all items that match the filter.
  std::int64_t totalCount = 0;
};

/// The largest number of values in one filter of a list. More are `Errc::invalidRequest` of the call.
constexpr std::size_t maxFilterValues = 100;

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
