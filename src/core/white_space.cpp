#include "core/white_space.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

constexpr std::array<std::string_view, 25> whiteSpace{
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
    "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89",
    "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
    "\xEF\xBB\xBF"};

}  // namespace

std::string_view trimWhiteSpace(std::string_view text) noexcept {
  const auto begins = [&](std::string_view space) { return text.substr(0, space.size()) == space; };
  const auto ends = [&](std::string_view space) {
    return text.size() >= space.size() && text.substr(text.size() - space.size()) == space;
  };
  const auto matching = [](const auto& matches) {
    const auto found = std::find_if(whiteSpace.begin(), whiteSpace.end(), matches);
    return found == whiteSpace.end() ? std::size_t{0} : found->size();
  };
  while (const std::size_t size = matching(begins)) text.remove_prefix(size);
  while (const std::size_t size = matching(ends)) text.remove_suffix(size);
  return text;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
