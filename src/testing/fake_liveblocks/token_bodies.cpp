#include <array>

#include <liveblocks/permissions.hpp>

#include "testing/fake_liveblocks/access_lists.hpp"
#include "testing/fake_liveblocks/bodies.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t maxEntries = 10;
constexpr std::size_t maxUserIdLength = 128;
constexpr std::size_t maxUserInfoLength = 1024;
constexpr std::size_t maxPatternLength = 128;

Checked checkUserId(const ordered_json& value) {
  if (auto flaw = checkString(value)) return flaw;
  return checkLength(value.get_ref<const std::string&>(), 1, maxUserIdLength);
}

Checked checkUserInfo(const ordered_json& value) {
  if (auto flaw = checkObject(value, {{"name", false, checkString}, {"avatar", false, checkString}})) return flaw;
  return checkLength(value.dump(), 0, maxUserInfoLength);
}

Checked checkGroupIds(const ordered_json& value) { return checkItems(value, checkString); }

/// `*`, or an id with or without a `*` behind it.
Checked checkPattern(std::string_view pattern) {
  if (pattern == "*") return std::nullopt;
  if (!pattern.empty() && pattern.back() == '*') pattern.remove_suffix(1);
  if (pattern.find('*') != std::string_view::npos) return Flaw{"A '*' may only be last"};
  return checkLength(pattern, 1, maxPatternLength);
}

Checked checkGrantedScopes(const ordered_json& value) {
  if (auto flaw = checkScopes(value)) return flaw;
  if (value.empty()) return Flaw{"Must not be empty"};
  return std::nullopt;
}

Checked checkPermissions(const ordered_json& value) {
  if (auto flaw = checkMembers(value, checkGrantedScopes)) return flaw;
  if (value.size() > maxEntries) return Flaw{"A token cannot have more than 10 permissions"};
  for (const auto& entry : value.items()) {
    if (auto flaw = at(entry.key(), checkPattern(entry.key()))) return flaw;
  }
  return std::nullopt;
}

}  // namespace

Checked checkAuthorizeUser(const ordered_json& body) {
  return checkObject(
      body,
      {{"userId", true, checkUserId}, {"permissions", true, checkPermissions}, {"userInfo", false, checkUserInfo}});
}

Checked checkIdentifyUser(const ordered_json& body) {
  return checkObject(
      body, {{"userId", true, checkUserId}, {"groupIds", false, checkGroupIds}, {"userInfo", false, checkUserInfo}});
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
