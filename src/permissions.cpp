#include <liveblocks/permissions.hpp>

#include <stdexcept>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {
constexpr std::size_t maxShownBytes = 64;
}  // namespace

void Permission::throwUnknown(std::string_view name) {
  throw std::invalid_argument("Not a valid permission: " + utf8::printable(name, maxShownBytes));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
