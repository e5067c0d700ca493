#include "checks.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/pasted_value.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace {

/// Behind the vendor's words, what the text is instead.
[[noreturn]] void refuseKey(std::string message, std::string_view text) {
  const auto problem = pasted::problemOf(text);
  const char* const kind = pasted::kindOf(text);
  if (problem) {
    message += " This one " + *problem + '.';
  } else if (kind != nullptr && !ascii::startsWith(text, "sk_")) {
    message.append(" This is ").append(kind).append(".");
  }
  throw std::invalid_argument(message);
}

}  // namespace

Secret checkedSecretKey(const Secret& key) {
  const std::string_view text = pasted::clean(key.reveal());
  if (!ascii::startsWith(text, "sk_")) {
    refuseKey(
        "Invalid value for field 'secret'. Secret keys must start with 'sk_'. Please provide the secret key from your "
        "Liveblocks dashboard at https://liveblocks.io/dashboard/apikeys.",
        text);
  }
  if (!std::all_of(text.begin(), text.end(), ascii::isKeyCharacter)) {
    refuseKey(
        "Invalid chars found in field 'secret'. Please check that you correctly copied the secret key from your "
        "Liveblocks dashboard at https://liveblocks.io/dashboard/apikeys.",
        text);
  }
  if (pasted::problemOf(text)) {
    refuseKey(
        "Invalid value for field 'secret'. Please provide the secret key from your Liveblocks dashboard at "
        "https://liveblocks.io/dashboard/apikeys.",
        text);
  }
  return text.size() == key.reveal().size() ? key : Secret(text);
}

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
