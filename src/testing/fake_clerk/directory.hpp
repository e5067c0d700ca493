/// The users, organizations and sessions that the fake stores, and the Backend API for them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include "testing/fake_clerk/list_query.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_clerk {

/// Not thread-safe: its owner has a lock.
class Directory {
 public:
  template <class T>
  using ById = std::map<std::string, T, std::less<>>;

  ById<FakeUser> users;
  /// Those that were added. Others exist because users are members.
  ById<FakeOrganization> organizations;
  ById<FakeSession> sessions;

  /// Responds to a request for users, organizations or sessions; 404 for any other.
  http::Response respond(const http::Request& request, const Target& target);

 private:
  using Segments = std::vector<std::string>;

  /// A membership with its owner; null if there is none.
  struct Member {
    FakeUser* user = nullptr;
    FakeMembership* membership = nullptr;
  };

  /// @{
  /// `path` begins behind `/v1/`.
  http::Response respondAboutUsers(const http::Request& request, const Target& target, const Segments& path);
  http::Response respondAboutUser(const http::Request& request, const Target& target, FakeUser& user,
                                  const std::string& what);
  http::Response respondAboutSessions(const http::Request& request, const Target& target, const Segments& path);
  http::Response respondAboutOrganizations(const http::Request& request, const Target& target, const Segments& path);
  http::Response respondAboutMember(const http::Request& request, const FakeOrganization& organization,
                                    const std::string& userId);
  /// @}

  http::Response listUsers(std::string_view query) const;
  http::Response countUsers(std::string_view query) const;
  std::vector<Json> usersThatMatch(const ListQuery& query) const;
  http::Response listSessions(std::string_view query) const;
  http::Response listOrganizations(std::string_view query) const;
  http::Response listMembers(std::string_view query, const FakeOrganization& organization);
  http::Response listMemberships(std::string_view query, const FakeUser& user) const;
  http::Response addMember(const http::Request& request, const FakeOrganization& organization);
  void ban(FakeUser& user);

  /// With the organizations of which users are members.
  ById<FakeOrganization> allOrganizations() const;
  std::optional<FakeOrganization> findOrganization(std::string_view idOrSlug) const;
  Member findMember(std::string_view organizationId, std::string_view userId);
  std::size_t countMembers(std::string_view organizationId) const;
};

}  // namespace testing::fake_clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
