#include <liveblocks/groups.hpp>

#include <utility>

#include "api_json.hpp"
#include "core/json_members.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace groups {
namespace {

using detail::ReadProblem;
using json::MemberReader;

constexpr const char* groupsPath = "/v2/groups";
constexpr const char* groupPath = "/v2/groups/{groupId}";
constexpr std::string_view groupWanted = "a group";
constexpr std::string_view pageWanted = "a page of groups";

ReadProblem readMember(std::string_view text, std::string path, Member& member) {
  MemberReader reader(text, std::move(path));
  reader.read("id", member.id);
  detail::take(reader, "addedAt", detail::toTime, member.addedAt, detail::dateWithTime);
  return reader.problem();
}

ReadProblem readGroup(std::string_view text, std::string path, Group& group) {
  const std::string listPath = path + "members";
  MemberReader reader(text, std::move(path));
  reader.read("id", group.id);
  reader.read("organizationId", group.organizationId);
  detail::take(reader, "createdAt", detail::toTime, group.createdAt, detail::dateWithTime);
  detail::take(reader, "updatedAt", detail::toTime, group.updatedAt, detail::dateWithTime);
  const std::string_view scopes = reader.find("scopes");
  reader.require(scopes.empty() || detail::isJsonObject(scopes), "scopes", "an object");
  group.mention = json::findMember(json::members(scopes), "mention") == "true";
  const std::string_view members = reader.find("members");
  reader.require(detail::isJsonArray(members), "members", "a list");
  if (reader.problem()) return reader.problem();
  group.json = Json::parse(text);
  return detail::readItems(members, listPath, readMember, group.members);
}

/// A call whose response must be about that group.
http::TypedCall<Group> groupCall(http::ApiCall request, std::string_view groupId) {
  return {std::move(request),
          detail::checkedReading(groupWanted, readGroup,
                                 [id = std::string(groupId)](const Group& group) { return group.id == id; })};
}

http::TypedCall<Group> changeMembers(std::string_view operation, std::string_view groupId, const char* path,
                                     const std::vector<std::string>& memberIds) {
  http::ApiCall request = detail::repeatable(detail::apiCall(operation, "POST", groupPath, {{"groupId", groupId}}));
  request.path += path;
  detail::require(request, !memberIds.empty(), "memberIds", "is empty");
  request.body = detail::RequestBody(request).texts("memberIds", memberIds).finish();
  return groupCall(std::move(request), groupId);
}

}  // namespace

http::TypedCall<Group> create(const NewGroup& group) {
  std::optional<Json> scopes;
  if (group.mention) scopes = *group.mention ? Json::object({{"mention", true}}) : Json::object({});
  http::ApiCall request = detail::apiCall("liveblocks.groups.create", "POST", groupsPath, {});
  request.body = detail::RequestBody(request)
                     .text("id", group.id)
                     .texts("memberIds", group.memberIds)
                     .optionalText("organizationId", group.organizationId)
                     .json("scopes", scopes)
                     .finish();
  return groupCall(std::move(request), group.id);
}

http::TypedCall<Group> get(std::string_view groupId) {
  return groupCall(detail::apiCall("liveblocks.groups.get", "GET", groupPath, {{"groupId", groupId}}), groupId);
}

http::TypedCall<Group> addMembers(std::string_view groupId, const std::vector<std::string>& memberIds) {
  return changeMembers("liveblocks.groups.add_members", groupId, "/add-members", memberIds);
}

http::TypedCall<Group> removeMembers(std::string_view groupId, const std::vector<std::string>& memberIds) {
  return changeMembers("liveblocks.groups.remove_members", groupId, "/remove-members", memberIds);
}

http::TypedCall<void> deleteGroup(std::string_view groupId) {
  return {detail::apiCall("liveblocks.groups.delete_group", "DELETE", groupPath, {{"groupId", groupId}})};
}

http::TypedCall<Page<Group>> list(const PageOptions& page) {
  http::ApiCall request = detail::apiCall("liveblocks.groups.list", "GET", groupsPath, {});
  detail::addPage(request, page.startingAfter, page.limit);
  return {std::move(request), detail::pageReading(pageWanted, readGroup)};
}

http::TypedCall<Page<Group>> listOfUser(std::string_view userId, const PageOptions& page) {
  http::ApiCall request =
      detail::apiCall("liveblocks.groups.list_of_user", "GET", "/v2/users/{userId}/groups", {{"userId", userId}});
  detail::addPage(request, page.startingAfter, page.limit);
  return {std::move(request), detail::pageReading(pageWanted, readGroup)};
}

}  // namespace groups
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
