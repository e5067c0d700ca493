/// @file
/// Groups of users that Liveblocks manages, as calls for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Groups
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/page.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Groups of users that Liveblocks manages; comments can mention them. All functions are thread-safe, and none sends
/// anything. Arguments that cannot be right, such as an empty id, are `Errc::invalidRequest` of the call, without a
/// request.
namespace groups {

/// A member of a group.
struct Member {
  /// The user.
  std::string id;
  /// Since when.
  std::chrono::system_clock::time_point addedAt;
};

/// A group.
struct Group {
  /// The id, chosen by the application.
  std::string id;
  /// The organization; nullopt if Liveblocks does not say.
  std::optional<std::string> organizationId;
  /// When it was created.
  std::chrono::system_clock::time_point createdAt;
  /// When it was changed for the last time.
  std::chrono::system_clock::time_point updatedAt;
  /// Whether it can be mentioned.
  bool mention = false;
  /// The members.
  std::vector<Member> members;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// A group to create.
struct NewGroup {
  /// The id.
  std::string id;
  /// The first members.
  std::vector<std::string> memberIds = {};
  /// As `SessionOptions::organizationId`.
  std::optional<std::string> organizationId = {};
  /// Whether it can be mentioned; unset for the default of Liveblocks.
  std::optional<bool> mention = {};
};

/// `POST /v2/groups`: creates a group. `Errc::conflict` if there is one with that id. Repeated only if it cannot have
/// taken effect.
LIVEBLOCKS_EXPORT http::TypedCall<Group> create(const NewGroup& group);

/// `GET /v2/groups/{groupId}`: a group.
LIVEBLOCKS_EXPORT http::TypedCall<Group> get(std::string_view groupId);

/// @{
/// `POST /v2/groups/{groupId}/add-members`, `.../remove-members`: changes a group, and returns it.
/// `Errc::invalidRequest` for an empty list.
LIVEBLOCKS_EXPORT http::TypedCall<Group> addMembers(std::string_view groupId,
                                                    const std::vector<std::string>& memberIds);
LIVEBLOCKS_EXPORT http::TypedCall<Group> removeMembers(std::string_view groupId,
                                                       const std::vector<std::string>& memberIds);
/// @}

/// `DELETE /v2/groups/{groupId}`: deletes a group.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteGroup(std::string_view groupId);

/// `GET /v2/groups`: a page of all groups.
LIVEBLOCKS_EXPORT http::TypedCall<Page<Group>> list(const PageOptions& page = {});

/// `GET /v2/users/{userId}/groups`: a page of the groups of a user.
LIVEBLOCKS_EXPORT http::TypedCall<Page<Group>> listOfUser(std::string_view userId, const PageOptions& page = {});

}  // namespace groups
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
