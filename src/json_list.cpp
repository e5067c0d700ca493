#include "json_list.hpp"

#include <liveblocks/core/json.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::string jsonList(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) {
    if (list.size() > 1) list += ',';
    list += Json(text).text();
  }
  return list += ']';
}

std::string jsonList(const Permissions& permissions) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < permissions.size(); ++i) names.emplace_back(permissions[i].name());
  return jsonList(names);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
