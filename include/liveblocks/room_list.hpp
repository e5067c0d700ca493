/// @file
/// Lists of rooms.
/// https://liveblocks.io/docs/api-reference/liveblocks-node#get-rooms
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/core/result.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_query.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace detail {
class RoomPager;
}  // namespace detail

/// Selects rooms. Members that are not set do not restrict the selection.
struct RoomFilter {
  /// Only rooms that this user, or one of `groupIds`, may enter; never empty.
  std::optional<std::string> userId = {};
  /// Only rooms that one of these groups, or `userId`, may enter. Without a `userId` an empty list is refused, since it
  /// would select the rooms of everybody. An id must not contain a comma.
  std::optional<std::vector<std::string>> groupIds = {};
  /// Only rooms whose ids and metadata match the query.
  RoomQuery query = {};
  /// Only rooms of this organization; never empty.
  std::optional<std::string> organizationId = {};
};

/// Selects a page of the list.
struct RoomPageOptions {
  /// The number of rooms in one page, from 1 to `maxLimit`.
  std::size_t limit = 20;
  /// The `nextCursor` of the previous page, never empty; unset for the first page.
  std::optional<std::string> startingAfter = {};

  /// The largest `limit` that Liveblocks accepts.
  static constexpr std::size_t maxLimit = 100;
};

/// A page of rooms, the newest first.
struct RoomPage {
  /// The rooms, at most `RoomPageOptions::limit`.
  std::vector<Room> data;
  /// Where the next page begins; nullopt for the last page.
  std::optional<std::string> nextCursor;
};

/// All rooms that match a filter, fetched page by page during the iteration. From `Liveblocks::iterRooms()`.
///
///     for (const Result<Room>& room : liveblocks.iterRooms(filter)) {
///       if (!room) return room.error();
///       ...
///     }
///
/// Can be iterated once. The iteration ends after the last room, or after the first error, which is `Errc::upstream`
/// when a cursor repeats or after `maxEmptyPages` empty pages in a row. `begin()` and `++` make requests. Move-only.
/// For one thread at a time.
class LIVEBLOCKS_EXPORT RoomRange {
 public:
  /// How many empty pages in a row are fetched before the iteration ends with `Errc::upstream`.
  static constexpr int maxEmptyPages = 100;

  /// An input iterator. It must not outlive its range; advancing it invalidates its copies.
  class LIVEBLOCKS_EXPORT iterator {
   public:
    /// @{
    /// What the standard library expects of an iterator.
    using iterator_category = std::input_iterator_tag;
    using value_type = Result<Room>;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = const value_type&;
    /// @}

    /// The end of every range.
    iterator() noexcept = default;

    /// @{
    /// The room, or the error that ends the iteration. Valid until the iterator advances.
    reference operator*() const noexcept;
    pointer operator->() const noexcept;
    /// @}
    /// Advances to the next room, which may make a request.
    iterator& operator++();
    /// Advances as well; the range advances with every copy.
    void operator++(int) { ++*this; }

    /// @{
    /// Two iterators of different ranges are equal only when both are at the end.
    friend bool operator==(const iterator& left, const iterator& right) noexcept { return left.pager_ == right.pager_; }
    friend bool operator!=(const iterator& left, const iterator& right) noexcept { return !(left == right); }
    /// @}

   private:
    friend class RoomRange;
    explicit iterator(detail::RoomPager* pager) noexcept : pager_(pager) {}

    detail::RoomPager* pager_ = nullptr;
  };

  /// @{
  /// A range that was moved from is empty.
  RoomRange(RoomRange&&) noexcept;
  RoomRange& operator=(RoomRange&&) noexcept;
  /// @}
  ~RoomRange();

  /// Fetches the first page when called for the first time; later calls return the current position.
  iterator begin();
  /// The end of the iteration.
  iterator end() noexcept { return {}; }

 private:
  friend class Liveblocks;
  explicit RoomRange(std::unique_ptr<detail::RoomPager> pager) noexcept;

  std::unique_ptr<detail::RoomPager> pager_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
