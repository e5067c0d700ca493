#include "testing/fake_liveblocks/access_lists.hpp"

#include <stdexcept>

#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

namespace {

Checked checkScope(const ordered_json& value) {
  if (auto flaw = checkString(value)) return flaw;
  try {
    const Permission known(value.get_ref<const std::string&>());
    return std::nullopt;
  } catch (const std::invalid_argument&) {
    return Flaw{"Must be a permission"};
  }
}

}  // namespace

Checked checkScopes(const ordered_json& value) { return checkItems(value, checkScope); }

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
