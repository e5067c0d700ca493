/// Clerk's resources, responses and claims as JSON.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "core/json_writer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Makes an array of strings.
inline Json jsonArray(const std::vector<std::string>& items) {
  json::ArrayWriter array;
  for (const std::string& item : items) array.addString(item);
  return Json::parse(array.finish());
}

/// Makes an array of any values.
inline Json jsonArray(const std::vector<Json>& items) {
  json::ArrayWriter array;
  for (const Json& item : items) array.addJson(item.text());
  return Json::parse(array.finish());
}

/// The members of a JSON object under construction.
class JsonMembers {
 public:
  /// Adds or replaces a member; a replaced member keeps its place. nullopt removes it.
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

  /// Calls `set()` for each.
  template <class Members>
  void setAll(const Members& members) {
    for (const auto& [name, value] : members) set(name, value);
  }

  std::string text() const {
    json::ObjectWriter object;
    for (const auto& [name, value] : members_) object.addJson(name, value.text());
    return object.finish();
  }

 private:
  std::vector<std::pair<std::string, Json>> members_;
};

/// The first actor is the outermost; nullopt if there are none.
inline std::optional<Json> actorsJson(const std::vector<clerk::TokenActor>& actors) {
  std::optional<Json> json;
  for (auto actor = actors.rbegin(); actor != actors.rend(); ++actor) {
    JsonMembers members;
    members.setUnlessEmpty("iss", actor->issuer);
    members.set("sub", Json(actor->subject));
    members.set("act", json);
    json = Json::parse(members.text());
  }
  return json;
}

/// Sets `org_id`, `org_role`, `org_slug` and `org_permissions`.
void setOrganizationV1(JsonMembers& claims, const clerk::Organization& organization);

/// Sets `o` and `fea`. Throws `std::invalid_argument` for a permission that is not `org:<feature>:<permission>`.
void setOrganizationV2(JsonMembers& claims, const clerk::Organization& organization);

/// 200.
http::Response found(const Json& resource);

/// `{"errors": [{"code": ..., "message": ..., "long_message": ..., "meta": {}}], "clerk_trace_id": ...}`
http::Response refused(int status, const std::string& code, const std::string& message);

/// 404.
http::Response notFound();

/// Describes a user as the Backend API does: https://clerk.com/docs/reference/backend/types/backend-user
Json userJson(const FakeUser& user);

/// Describes a user as the Frontend API does: without private metadata, with memberships.
Json browserUserJson(const FakeUser& user);

/// Describes an organization as the Backend API does, with the number of its members if that is given.
Json organizationJson(const FakeOrganization& organization, std::optional<std::size_t> membersCount);

/// Describes a membership as the Backend API does.
Json membershipJson(const FakeUser& user, const FakeMembership& membership, const FakeOrganization& organization);

/// Describes a session as the Backend API does.
Json sessionJson(const FakeSession& session);

/// A token of the Frontend API.
Json tokenJson(const std::string& token);

/// A completed sign-in.
Json signInJson(const std::string& id, const std::string& sessionId);

/// The settings that the Frontend API shows to browsers.
Json environmentJson(const FakeFrontendApiOptions& options);

/// The string, or null if it is empty.
Json orNull(const std::string& text);

/// Throws `std::invalid_argument` for a membership that a token cannot express.
void checkMembership(const FakeMembership& membership);

/// The same for all memberships of a user, and for two of the same organization.
void checkMemberships(const FakeUser& user);

/// Finds the membership by the id or the slug of the organization, which Clerk's browser SDK both uses; null if there
/// is none.
const FakeMembership* findMembership(const FakeUser& user, std::string_view idOrSlug) noexcept;

/// Converts a membership to the organization in a token.
clerk::Organization organizationOf(const FakeMembership& membership);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
