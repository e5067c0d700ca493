#include "clerk/user_json.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/json.hpp>

#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using Members = std::vector<json::Member>;

/// The JSON text of a member; empty if it is absent or null.
std::string_view find(const Members& members, std::string_view name) {
  const std::string_view value = json::findMember(members, name);
  return json::hasNoValue(value) ? std::string_view() : value;
}

/// False if the member has a value that is not a string.
bool read(const Members& members, std::string_view name, std::optional<std::string>& text) {
  const std::string_view value = find(members, name);
  text = json::toString(value);
  return value.empty() || text;
}

/// False if the member has a value that is not a boolean.
bool read(const Members& members, std::string_view name, bool& flag) {
  const std::string_view value = find(members, name);
  const auto found = json::toBool(value);
  flag = found.value_or(false);
  return value.empty() || found;
}

/// False if the member has a value that is not an object.
bool read(const Members& members, std::string_view name, Json& object) {
  const std::string_view value = find(members, name);
  object = value.empty() ? Json::object({}) : Json::parse(value);
  return object.isObject();
}

std::optional<std::string> primaryEmailAddress(const Members& user) {
  const auto primary = json::toString(find(user, "primary_email_address_id"));
  if (!primary) return std::nullopt;
  for (const std::string_view item : json::items(find(user, "email_addresses"))) {
    const Members address = json::members(item);
    if (json::toString(find(address, "id")) == primary) return json::toString(find(address, "email_address"));
  }
  return std::nullopt;
}

std::optional<std::string> fullName(const User& user) {
  const std::string both = user.firstName.value_or("") + " " + user.lastName.value_or("");
  const std::string_view name = utf8::trim(both);
  return name.empty() ? std::nullopt : std::optional<std::string>(name);
}

bool read(const Members& members, User& user) {
  std::optional<std::string> id;
  std::optional<std::string> imageUrl;
  if (!read(members, "id", id) || !read(members, "image_url", imageUrl) || !read(members, "username", user.username) ||
      !read(members, "first_name", user.firstName) || !read(members, "last_name", user.lastName) ||
      !read(members, "public_metadata", user.publicMetadata) ||
      !read(members, "private_metadata", user.privateMetadata) ||
      !read(members, "unsafe_metadata", user.unsafeMetadata) || !read(members, "banned", user.banned) ||
      !read(members, "locked", user.locked) || !read(members, "deprovisioned", user.deprovisioned)) {
    return false;
  }
  user.id = id.value_or("");
  user.imageUrl = imageUrl.value_or("");
  user.fullName = fullName(user);
  user.primaryEmailAddress = primaryEmailAddress(members);
  return !user.id.empty();
}

}  // namespace

Result<User> readUser(std::string text) {
  User user;
  if (!json::isStrict(text, Json::maxDepth) || !read(json::members(text), user)) {
    return Error{Errc::upstream, "Clerk's response is not a user"};
  }
  user.raw = std::move(text);
  return user;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
