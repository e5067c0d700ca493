/// The members of a JSON object that is being put together.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/json.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// An array of strings.
inline Json jsonArray(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ",") + Json(item).text();
  return Json::parse("[" + text + "]");
}

/// An array of any values.
inline Json jsonArray(const std::vector<Json>& items) {
  std::string text;
  for (const Json& item : items) text += (text.empty() ? "" : ",") + item.text();
  return Json::parse("[" + text + "]");
}

class JsonMembers {
 public:
  /// Adds a member or replaces it in its place; nullopt removes it.
  void set(std::string_view name, std::optional<Json> value) {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](const auto& m) { return m.first == name; });
    if (found == members_.end()) {
      if (value) members_.emplace_back(name, *std::move(value));
    } else if (value) {
      found->second = *std::move(value);
    } else {
      members_.erase(found);
    }
  }

  void setUnlessEmpty(std::string_view name, const std::string& value) {
    if (!value.empty()) set(name, Json(value));
  }

  /// As many calls of `set()`.
  template <class Members>
  void setAll(const Members& members) {
    for (const auto& [name, value] : members) set(name, value);
  }

  std::string text() const {
    std::string result = "{";
    for (const auto& [name, value] : members_) {
      if (result.size() > 1) result += ',';
      result += Json(name).text() + ":" + value.text();
    }
    return result + "}";
  }

 private:
  std::vector<std::pair<std::string, Json>> members_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
