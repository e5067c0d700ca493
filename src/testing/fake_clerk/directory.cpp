#include "testing/fake_clerk/directory.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>
#include <variant>

#include <liveblocks/core/json.hpp>

#include "core/nlohmann.hpp"
#include "core/text.hpp"
#include "testing/clerk_resources.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_clerk {
namespace {

constexpr std::array<const char*, 3> metadataNames{"public_metadata", "private_metadata", "unsafe_metadata"};

/// The decoded segments behind `/v1/`; none for any other path. The last one is empty if a slash ends the path.
std::vector<std::string> segmentsOf(std::string_view path) {
  constexpr std::string_view version = "/v1/";
  std::vector<std::string> segments;
  if (!ascii::startsWith(path, version)) return segments;
  std::string_view rest = path.substr(version.size());
  for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
    segments.push_back(percentDecode(rest.substr(0, slash)).value_or(""));
    rest.remove_prefix(slash + 1);
  }
  segments.push_back(percentDecode(rest).value_or(""));
  return segments;
}

http::Response missing(const char* parameter) {
  return refused(422, "form_param_missing", std::string(parameter) + " must be included.");
}

/// Adds or replaces a member that Clerk shows of the user.
void setMember(FakeUser& user, std::string_view name, const Json& value) {
  for (auto& [known, current] : user.members) {
    if (known == name) {
      current = value;
      return;
    }
  }
  user.members.emplace_back(name, value);
}

/// Merges objects as Clerk does: nested ones too, and `null` removes.
http::Response mergeMetadata(FakeUser& user, const std::string& body) {
  const auto changes = nlohmann::ordered_json::parse(body, nullptr, false);
  if (!changes.is_object()) return refused(400, "request_body_invalid", "The body is not a JSON object.");
  const auto isMergeable = [&](const char* name) { return !changes.contains(name) || changes.at(name).is_object(); };
  if (!std::all_of(metadataNames.begin(), metadataNames.end(), isMergeable))
    return refused(422, "form_param_invalid", "Metadata must be an object.");
  for (const char* name : metadataNames) {
    if (!changes.contains(name)) continue;
    auto merged = nlohmann::ordered_json::parse(userJson(user).find(name)->text());
    merged.merge_patch(changes.at(name));
    setMember(user, name, Json::parse(merged.dump()));
  }
  return found(userJson(user));
}

bool isMember(const FakeUser& user, std::string_view organizationId) {
  return std::any_of(user.memberships.begin(), user.memberships.end(),
                     [&](const FakeMembership& membership) { return membership.organizationId == organizationId; });
}

std::vector<std::string> organizationIdsOf(const FakeUser& user) {
  std::vector<std::string> ids;
  for (const FakeMembership& membership : user.memberships) ids.push_back(membership.organizationId);
  return ids;
}

/// Responds with what `list` makes of the query, unless it cannot be read.
template <class List>
http::Response listed(std::string_view query, const std::vector<std::string_view>& filters, const List& list) {
  const auto read = ListQuery::read(query, filters);
  if (const auto* refusal = std::get_if<http::Response>(&read)) return *refusal;
  return list(std::get<ListQuery>(read));
}

std::vector<std::string_view> userFilters() {
  return {"user_id", "email_address", "username", "organization_id", "query"};
}

}  // namespace

http::Response Directory::respond(const http::Request& request, const Target& target) {
  Segments path = segmentsOf(target.path);
  if (path.empty()) return notFound();
  const std::string resource = path.front();
  path.erase(path.begin());
  if (resource == "users") return respondAboutUsers(request, target, path);
  if (resource == "sessions") return respondAboutSessions(request, target, path);
  return resource == "organizations" ? respondAboutOrganizations(request, target, path) : notFound();
}

http::Response Directory::respondAboutUsers(const http::Request& request, const Target& target, const Segments& path) {
  const bool isRead = request.method == "GET";
  if (path.empty()) return isRead ? listUsers(target.query) : notFound();
  if (path.size() == 1 && path[0] == "count") return isRead ? countUsers(target.query) : notFound();
  const auto user = users.find(path[0]);
  if (user == users.end() || path.size() > 2) return notFound();
  if (path.size() == 1) return isRead ? found(userJson(user->second)) : notFound();
  return respondAboutUser(request, target, user->second, path[1]);
}

http::Response Directory::respondAboutUser(const http::Request& request, const Target& target, FakeUser& user,
                                           const std::string& what) {
  if (request.method == "GET" && what == "organization_memberships") return listMemberships(target.query, user);
  if (request.method == "PATCH" && what == "metadata") return mergeMetadata(user, request.body);
  if (request.method != "POST") return notFound();
  if (what == "ban") {
    ban(user);
  } else if (what == "unban") {
    setMember(user, "banned", false);
  } else if (what == "lock" || what == "unlock") {
    setMember(user, "locked", what == "lock");
  } else {
    return notFound();
  }
  return found(userJson(user));
}

void Directory::ban(FakeUser& user) {
  setMember(user, "banned", true);
  for (auto& [id, session] : sessions) {
    if (session.userId == user.id) session.status = "revoked";
  }
}

std::vector<Json> Directory::usersThatMatch(const ListQuery& query) const {
  std::vector<Json> result;
  for (const auto& [id, user] : users) {
    const bool matches =
        query.accepts("user_id", id) && query.accepts("email_address", user.emailAddress) &&
        query.accepts("username", user.username) && query.acceptsAny("organization_id", organizationIdsOf(user)) &&
        query.acceptsPart("query", {id, user.emailAddress, user.username, user.firstName, user.lastName});
    if (matches) result.push_back(userJson(user));
  }
  return result;
}

http::Response Directory::listUsers(std::string_view query) const {
  return listed(query, userFilters(),
                [&](const ListQuery& wanted) { return found(wanted.part(usersThatMatch(wanted))); });
}

http::Response Directory::countUsers(std::string_view query) const {
  return listed(query, userFilters(), [&](const ListQuery& wanted) {
    return found(Json::object({{"object", "total_count"}, {"total_count", usersThatMatch(wanted).size()}}));
  });
}

http::Response Directory::respondAboutSessions(const http::Request& request, const Target& target,
                                               const Segments& path) {
  if (path.empty()) return request.method == "GET" ? listSessions(target.query) : notFound();
  const auto session = sessions.find(path[0]);
  if (session == sessions.end()) return notFound();
  const bool revokes = path.size() == 2 && path[1] == "revoke" && request.method == "POST";
  if (revokes) session->second.status = "revoked";
  const bool reads = path.size() == 1 && request.method == "GET";
  return revokes || reads ? found(sessionJson(session->second)) : notFound();
}

http::Response Directory::listSessions(std::string_view query) const {
  return listed(query, {"user_id", "client_id", "status", "paginated"}, [&](const ListQuery& wanted) {
    std::vector<Json> result;
    for (const auto& [id, session] : sessions) {
      if (wanted.accepts("user_id", session.userId) && wanted.accepts("client_id", session.clientId) &&
          wanted.accepts("status", session.status)) {
        result.push_back(sessionJson(session));
      }
    }
    return wanted.isSet("paginated") ? wanted.page(result) : found(wanted.part(result));
  });
}

http::Response Directory::respondAboutOrganizations(const http::Request& request, const Target& target,
                                                    const Segments& path) {
  const bool isRead = request.method == "GET";
  if (path.empty()) return isRead ? listOrganizations(target.query) : notFound();
  const auto organization = findOrganization(path[0]);
  if (!organization) return notFound();
  if (path.size() == 1) {
    if (!isRead) return notFound();
    return listed(target.query, {"include_members_count"}, [&](const ListQuery& wanted) {
      return found(organizationJson(*organization, wanted.isSet("include_members_count")
                                                       ? std::optional(countMembers(organization->id))
                                                       : std::nullopt));
    });
  }
  if (path[1] != "memberships" || path.size() > 3) return notFound();
  if (path.size() == 3) return respondAboutMember(request, *organization, path[2]);
  if (isRead) return listMembers(target.query, *organization);
  return request.method == "POST" ? addMember(request, *organization) : notFound();
}

http::Response Directory::listOrganizations(std::string_view query) const {
  return listed(query, {"organization_id", "query", "include_members_count"}, [&](const ListQuery& wanted) {
    std::vector<Json> result;
    for (const auto& [id, organization] : allOrganizations()) {
      if (!wanted.accepts("organization_id", id)) continue;
      if (!wanted.acceptsPart("query", {id, organization.name, organization.slug})) continue;
      std::optional<std::size_t> count;
      if (wanted.isSet("include_members_count")) count = countMembers(id);
      result.push_back(organizationJson(organization, count));
    }
    return wanted.page(result);
  });
}

http::Response Directory::listMembers(std::string_view query, const FakeOrganization& organization) {
  return listed(query, {"user_id", "role", "email_address", "username", "query"}, [&](const ListQuery& wanted) {
    std::vector<Json> result;
    for (auto& [id, user] : users) {
      const Member member = findMember(organization.id, id);
      if (member.membership != nullptr && wanted.accepts("user_id", id) &&
          wanted.accepts("role", member.membership->role) && wanted.accepts("email_address", user.emailAddress) &&
          wanted.accepts("username", user.username) &&
          wanted.acceptsPart("query", {id, user.emailAddress, user.username, user.firstName, user.lastName})) {
        result.push_back(membershipJson(user, *member.membership, organization));
      }
    }
    return wanted.page(result);
  });
}

http::Response Directory::listMemberships(std::string_view query, const FakeUser& user) const {
  return listed(query, {}, [&](const ListQuery& wanted) {
    std::vector<Json> result;
    for (const FakeMembership& membership : user.memberships) {
      result.push_back(membershipJson(user, membership, *findOrganization(membership.organizationId)));
    }
    return wanted.page(result);
  });
}

http::Response Directory::addMember(const http::Request& request, const FakeOrganization& organization) {
  const auto userId = bodyMember(request.body, "user_id");
  const auto role = bodyMember(request.body, "role");
  if (!userId) return missing("user_id");
  if (!role) return missing("role");
  const auto user = users.find(*userId);
  if (user == users.end()) return notFound();
  if (isMember(user->second, organization.id)) {
    return refused(400, "already_a_member_in_organization", "The user is a member of the organization already.");
  }
  user->second.memberships.push_back({organization.id, *role, organization.slug, organization.name, {}});
  return found(membershipJson(user->second, user->second.memberships.back(), organization));
}

http::Response Directory::respondAboutMember(const http::Request& request, const FakeOrganization& organization,
                                             const std::string& userId) {
  const Member member = findMember(organization.id, userId);
  if (member.membership == nullptr) return notFound();
  if (request.method == "PATCH") {
    const auto role = bodyMember(request.body, "role");
    if (!role) return missing("role");
    if (*role != member.membership->role) member.membership->permissions.clear();
    member.membership->role = *role;
    return found(membershipJson(*member.user, *member.membership, organization));
  }
  if (request.method != "DELETE") return notFound();
  const Json removed = membershipJson(*member.user, *member.membership, organization);
  // It goes on without members.
  organizations.emplace(organization.id, organization);
  auto& memberships = member.user->memberships;
  memberships.erase(memberships.begin() + (member.membership - memberships.data()));
  return found(removed);
}

Directory::ById<FakeOrganization> Directory::allOrganizations() const {
  ById<FakeOrganization> all = organizations;
  for (const auto& [id, user] : users) {
    for (const FakeMembership& membership : user.memberships) {
      all.emplace(membership.organizationId,
                  FakeOrganization{membership.organizationId, membership.name, membership.slug});
    }
  }
  return all;
}

std::optional<FakeOrganization> Directory::findOrganization(std::string_view idOrSlug) const {
  for (auto& [id, organization] : allOrganizations()) {
    if (id == idOrSlug || (!organization.slug.empty() && organization.slug == idOrSlug)) return organization;
  }
  return std::nullopt;
}

Directory::Member Directory::findMember(std::string_view organizationId, std::string_view userId) {
  const auto user = users.find(userId);
  if (user == users.end()) return {};
  for (FakeMembership& membership : user->second.memberships) {
    if (membership.organizationId == organizationId) return {&user->second, &membership};
  }
  return {};
}

std::size_t Directory::countMembers(std::string_view organizationId) const {
  return static_cast<std::size_t>(std::count_if(
      users.begin(), users.end(), [&](const auto& user) { return isMember(user.second, organizationId); }));
}

}  // namespace testing::fake_clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
