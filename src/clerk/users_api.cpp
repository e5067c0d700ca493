#include <liveblocks/clerk/users_api.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include <liveblocks/core/events.hpp>

#include "clerk/api_request.hpp"
#include "clerk/api_resource.hpp"
#include "clerk/user_json.hpp"
#include "core/json_members.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::api {

using namespace detail;

namespace {

using UserReader = std::function<Result<User>(const http::ApiResponse&)>;

/// Reads a response that must be about that user.
UserReader readerOf(std::string_view userId) {
  return [id = std::string(userId)](const http::ApiResponse& response) -> Result<User> {
    Result<User> user = readUser(response.body);
    if (user && user->id != id) return unexpectedResponse("it is about another user");
    return user;
  };
}

/// Reads a list of users, each of whom must be one of `userIds`, if there are any.
Result<std::vector<User>> readUsers(const http::ApiResponse& response, const std::vector<std::string>& userIds) {
  if (const Result<void> strict = checkStrict(response); !strict) return strict.error();
  if (ascii::trim(response.body).front() != '[') return unexpectedResponse("it is not a list");
  std::vector<User> users;
  for (const std::string_view item : json::items(response.body)) {
    Result<User> user = readUser(std::string(item));
    if (!user) return std::move(user).error();
    const bool isWanted = userIds.empty() || std::find(userIds.begin(), userIds.end(), user->id) != userIds.end();
    if (!isWanted) return unexpectedResponse("it has a user who was not asked for");
    users.push_back(*std::move(user));
  }
  return users;
}

Result<std::int64_t> readCount(const http::ApiResponse& response) {
  if (const Result<void> strict = checkStrict(response); !strict) return strict.error();
  std::int64_t count = 0;
  json::MemberReader reader(response.body);
  reader.read("total_count", count);
  if (reader.problem()) return unexpectedResponse(*reader.problem());
  return count;
}

void addUserFilter(QueryWriter& query, const UserFilter& filter) {
  query.add("email_address", filter.emailAddress);
  query.add("phone_number", filter.phoneNumber);
  query.add("username", filter.username);
  query.add("web3_wallet", filter.web3Wallet);
  query.addIds("user_id", filter.userId);
  query.addIds("external_id", filter.externalId);
  query.addIds("organization_id", filter.organizationId);
  query.add("query", filter.query);
  query.addTimes(filter);
  query.add("last_sign_in_at_before", filter.lastSignInAtBefore);
  query.add("last_sign_in_at_after", filter.lastSignInAtAfter);
}

http::TypedCall<User> changeUser(std::string_view operation, const char* path, std::string_view userId) {
  http::TypedCall<User> call{apiCall(operation, "POST", path, {{"userId", std::string(userId)}})};
  call.read = readerOf(userId);
  return call;
}

}  // namespace

http::TypedCall<User> getUser(std::string_view userId) {
  return {apiCall(operations::getUser, "GET", "/v1/users/{userId}", {{"userId", std::string(userId)}}),
          readerOf(userId)};
}

http::TypedCall<std::vector<User>> listUsers(const UserFilter& filter, const PageOptions& page,
                                             std::string_view orderBy) {
  http::ApiCall call = listCall("clerk.users.list", "/v1/users", {});
  QueryWriter query(call);
  addUserFilter(query, filter);
  query.add(page);
  query.addOrder(orderBy);
  return {std::move(call),
          [userIds = filter.userId](const http::ApiResponse& response) { return readUsers(response, userIds); }};
}

http::TypedCall<std::int64_t> countUsers(const UserFilter& filter) {
  http::ApiCall call = listCall("clerk.users.count", "/v1/users/count", {});
  QueryWriter query(call);
  addUserFilter(query, filter);
  return {std::move(call), readCount};
}

http::TypedCall<User> updateUserMetadata(std::string_view userId, const UserMetadata& metadata) {
  http::ApiCall call =
      apiCall("clerk.users.update_metadata", "PATCH", "/v1/users/{userId}/metadata", {{"userId", std::string(userId)}});
  BodyWriter body(call);
  body.addObject("public_metadata", metadata.publicMetadata);
  body.addObject("private_metadata", metadata.privateMetadata);
  body.addObject("unsafe_metadata", metadata.unsafeMetadata);
  require(call, !body.empty(), "the metadata", "must have something to merge");
  body.finish();
  return {std::move(call), readerOf(userId)};
}

http::TypedCall<User> banUser(std::string_view userId) {
  return changeUser("clerk.users.ban", "/v1/users/{userId}/ban", userId);
}

http::TypedCall<User> unbanUser(std::string_view userId) {
  return changeUser("clerk.users.unban", "/v1/users/{userId}/unban", userId);
}

http::TypedCall<User> lockUser(std::string_view userId) {
  return changeUser("clerk.users.lock", "/v1/users/{userId}/lock", userId);
}

http::TypedCall<User> unlockUser(std::string_view userId) {
  return changeUser("clerk.users.unlock", "/v1/users/{userId}/unlock", userId);
}

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
