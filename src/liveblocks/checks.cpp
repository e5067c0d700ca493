#include "liveblocks/checks.hpp"

#include <stdexcept>

#include "utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

void requireUserId(std::string_view userId) {
  if (userId.empty()) {
    throw std::invalid_argument(
        "Invalid value for field 'userId'. Please provide a non-empty string. For more information: "
        "https://liveblocks.io/docs/api-reference/liveblocks-node#authorize");
  }
  requireUtf8("userId", userId);
}

void requireUtf8(std::string_view field, std::string_view text) {
  if (utf8::isValid(text)) return;
  throw std::invalid_argument("Invalid value for field '" + std::string(field) + "'. Please provide valid UTF-8.");
}

void requireUserInfo(const std::optional<Json>& userInfo) {
  if (!userInfo || userInfo->isObject() || userInfo->isNull()) return;
  throw std::invalid_argument(
      "Invalid value for field 'userInfo'. Please provide a JSON object or null. Did you pass serialized JSON? Use "
      "Json::parse.");
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
