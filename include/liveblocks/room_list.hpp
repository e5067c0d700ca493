/// @file
/// Looking through many rooms.
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

/// Which rooms. What is unset does not narrow the choice.
struct RoomFilter {
  /// Rooms this user may enter, or one of `groupIds`; never empty.
  std::optional<std::string> userId = {};
  /// Rooms one of these groups may enter, or `userId`. Without a `userId` an empty list is refused: it would narrow
  /// nothing, and list the rooms of everybody. An id may hold no comma.
  std::optional<std::vector<std::string>> groupIds = {};
  /// What their ids and metadata must be.
  RoomQuery query = {};
  /// Rooms of this organization; never empty.
  std::optional<std::string> organizationId = {};
};

/// Which part of the list.
struct RoomPageOptions {
  /// Rooms in one page, from 1 to `maxLimit`.
  std::size_t limit = 20;
  /// The `nextCursor` of the page before, never empty; unset: the first page.
  std::optional<std::string> startingAfter = {};

  /// What Liveblocks takes for `limit`, at most.
  static constexpr std::size_t maxLimit = 100;
};

/// One page, the newest room first.
struct RoomPage {
  /// At most `RoomPageOptions::limit`.
  std::vector<Room> data;
  /// Where the next page begins; nullopt for the last.
  std::optional<std::string> nextCursor;
};

/// All rooms of a filter, a page at a time as the walk goes on. From `Liveblocks::iterRooms()`.
///
///     for (const Result<Room>& room : liveblocks.iterRooms(filter)) {
///       if (!room) return room.error();
///       ...
///     }
///
/// Can be walked once; the walk ends after the last room, or after the first error: `Errc::upstream`, too, when a
/// cursor comes again or `maxEmptyPages` come one after another. Requests are made by `begin()` and by `++`. Move-only.
/// For one thread at a time.
class LIVEBLOCKS_EXPORT RoomRange {
 public:
  /// Pages without a room that one step asks for, at most.
  static constexpr int maxEmptyPages = 100;

  /// An input iterator. It must not outlive its range, and a step invalidates its copies.
  class LIVEBLOCKS_EXPORT iterator {
   public:
    /// @{
    /// Of an input iterator.
    using iterator_category = std::input_iterator_tag;
    using value_type = Result<Room>;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = const value_type&;
    /// @}

    /// The end of every range.
    iterator() noexcept = default;

    /// @{
    /// The room, or the error that ends the walk. Valid until the next step.
    reference operator*() const noexcept;
    pointer operator->() const noexcept;
    /// @}
    /// Goes on to the next room, which may take a request.
    iterator& operator++();
    /// The same; the range moves on with every copy.
    void operator++(int) { ++*this; }

    /// @{
    /// Two iterators are equal when both are at the end.
    friend bool operator==(const iterator& left, const iterator& right) noexcept { return left.walk_ == right.walk_; }
    friend bool operator!=(const iterator& left, const iterator& right) noexcept { return !(left == right); }
    /// @}

   private:
    friend class RoomRange;
    explicit iterator(class RoomWalk* walk) noexcept : walk_(walk) {}

    class RoomWalk* walk_ = nullptr;
  };

  /// @{
  /// What was moved from is empty.
  RoomRange(RoomRange&&) noexcept;
  RoomRange& operator=(RoomRange&&) noexcept;
  /// @}
  ~RoomRange();

  /// Fetches the first page when called for the first time; later the room the walk has come to.
  iterator begin();
  /// Where every walk ends.
  iterator end() noexcept { return {}; }

 private:
  friend class Liveblocks;
  explicit RoomRange(std::unique_ptr<class RoomWalk> walk) noexcept;

  std::unique_ptr<class RoomWalk> walk_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
