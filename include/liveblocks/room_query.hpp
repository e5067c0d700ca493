/// @file
/// The query language in which rooms are looked for.
/// https://liveblocks.io/docs/guides/how-to-filter-rooms-using-query-language
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Clauses that all must hold. Values are quoted, so what a user typed stays a value. Some texts cannot be written in
/// the language: those with control characters other than tabs and line breaks, and those with a backslash in front of
/// `n`, `r` or `t`, which Liveblocks would read as something else. `std::invalid_argument` is thrown for these, and for
/// what is not UTF-8.
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
  /// Rooms whose id begins so. Throws for texts that cannot be written, and for an empty one.
  RoomQuery& roomIdStartsWith(std::string_view prefix) &;
  RoomQuery roomIdStartsWith(std::string_view prefix) &&;
  /// @}

  /// @{
  /// Rooms with that value, or with that string in the list, under that key. Throws for texts that cannot be written,
  /// and for a key of white space only.
  RoomQuery& metadata(std::string_view key, std::string_view value) &;
  RoomQuery metadata(std::string_view key, std::string_view value) &&;
  /// @}

  /// The query in the language; empty for every room.
  const std::string& text() const noexcept;

 private:
  void add(std::string_view clause);

  std::string text_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
