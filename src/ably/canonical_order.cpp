#include "ably/canonical_order.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "core/utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

/// An integer from 0 to 2^32 - 2 as it is printed.
bool isArrayIndex(std::string_view name) noexcept {
  constexpr std::string_view last = "4294967294";
  if (name.empty() || name.size() > last.size() || !std::all_of(name.begin(), name.end(), ascii::isDigit)) return false;
  if (name.front() == '0') return name.size() == 1;
  return name.size() < last.size() || name <= last;
}

}  // namespace

MemberRank::MemberRank(std::string_view name) : isIndex_(isArrayIndex(name)), units_(*utf8::toUtf16(name)) {}

bool MemberRank::operator<(const MemberRank& other) const noexcept {
  if (isIndex_ != other.isIndex_) return isIndex_;
  if (isIndex_ && units_.size() != other.units_.size()) return units_.size() < other.units_.size();
  return units_ < other.units_;
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
