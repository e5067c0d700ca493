/// @file
/// The query language in which rooms are looked for.
/// https://liveblocks.io/docs/guides/how-to-filter-rooms-using-query-language
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/export.hpp>
#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Clauses that all must hold. Values are quoted, so what a user typed stays a value.
///
///     RoomQuery().roomIdStartsWith("acme:").metadata("color", "blue")
class LIVEBLOCKS_EXPORT RoomQuery {
 public:
  /// Every room.
  RoomQuery() = default;

  /// A query in the language itself, taken as it is: never make one of what users typed. Throws
  /// `std::invalid_argument` when it is not UTF-8.
  static RoomQuery fromText(std::string_view text);

  /// @{
  /// Rooms whose id begins so. Throws `std::invalid_argument` when it is not UTF-8.
  RoomQuery& roomIdStartsWith(std::string_view prefix) &;
  RoomQuery roomIdStartsWith(std::string_view prefix) &&;
  /// @}

  /// @{
  /// Rooms with that value, or with that string in the list, under that key. Throws `std::invalid_argument` when
  /// either is not UTF-8.
  RoomQuery& metadata(std::string_view key, std::string_view value) &;
  RoomQuery metadata(std::string_view key, std::string_view value) &&;
  /// @}

  /// The query in the language; empty for every room.
  const std::string& text() const noexcept;

 private:
  void add(std::string clause);

  std::string text_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
