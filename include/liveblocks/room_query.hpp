/// @file
/// Queries for rooms by id and metadata.
/// https://liveblocks.io/docs/guides/how-to-filter-rooms-using-query-language
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// A query in the language of Liveblocks; all of its clauses must match. Values are quoted, so that user input stays a
/// value. The language cannot express some strings: those with control characters other than tabs and line breaks, and
/// those with a backslash before `n`, `r` or `t`, which Liveblocks would read as an escape. Such strings, and strings
/// that are not UTF-8, throw `std::invalid_argument`.
///
///     RoomQuery().roomIdStartsWith("acme:").metadata("color", "blue")
class LIVEBLOCKS_EXPORT RoomQuery {
 public:
  /// Matches every room.
  RoomQuery() = default;

  /// A query that is written in the language itself, and used unchanged: never build one from user input. Throws
  /// `std::invalid_argument` when it is not UTF-8.
  static RoomQuery fromText(std::string_view text);

  /// @{
  /// Matches rooms whose id begins with `prefix`. Throws for a string that cannot be expressed, and for an empty one.
  RoomQuery& roomIdStartsWith(std::string_view prefix) &;
  RoomQuery roomIdStartsWith(std::string_view prefix) &&;
  /// @}

  /// @{
  /// Matches rooms whose metadata has that value, or a list with that string, under that key. Throws for strings that
  /// cannot be expressed, and for a key of white space only.
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
