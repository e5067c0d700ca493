/// The order in which ECMAScript sorts strings and lists the members of objects.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// Where a member of a sorted object comes: array indices first, by their numbers (ECMA-262 §10.1.11.1), then all other
/// names by UTF-16 code units (§7.2.12).
class MemberRank {
 public:
  /// `name` is well-formed UTF-8.
  explicit MemberRank(std::string_view name);

  bool operator<(const MemberRank& other) const noexcept;

 private:
  bool isIndex_;
  std::u16string units_;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
