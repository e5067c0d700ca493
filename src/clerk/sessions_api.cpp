#include <liveblocks/clerk/sessions_api.hpp>

#include <string>
#include <utility>

#include "clerk/api_request.hpp"
#include "clerk/api_resource.hpp"
#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::api {

using namespace detail;

namespace {

void readSession(json::MemberReader& reader, Session& session) {
  readId(reader, "id", session.id);
  readId(reader, "user_id", session.userId);
  reader.read("client_id", session.clientId);
  reader.read("status", session.status);
  reader.read("last_active_organization_id", session.lastActiveOrganizationId);
  reader.read("actor", session.actor);
  reader.require(session.actor.isNull() || session.actor.isObject(), "actor", "an object or null");
  readTime(reader, "last_active_at", session.lastActiveAt);
  readTime(reader, "expire_at", session.expireAt);
  readTime(reader, "abandon_at", session.abandonAt);
  readTime(reader, "created_at", session.createdAt);
}

/// Reads a response that must be about that session.
auto sessionReader(std::string_view sessionId) {
  return checkedResourceReader<Session>(
      readSession, [id = std::string(sessionId)](const Session& session) { return session.id == id; },
      "it is about another session");
}

/// Whether a session is one that the filter selects, as far as a session tells.
bool isWanted(const SessionFilter& filter, const Session& session) {
  return (!filter.userId || session.userId == *filter.userId) &&
         (!filter.clientId || session.clientId == *filter.clientId);
}

Result<Secret> readToken(const http::ApiResponse& response) {
  if (const Result<void> strict = checkStrict(response); !strict) return strict.error();
  std::string jwt;
  json::MemberReader reader(response.body);
  readId(reader, "jwt", jwt);
  if (reader.problem()) return unexpectedResponse(*reader.problem());
  return Secret(jwt);
}

}  // namespace

http::TypedCall<Session> getSession(std::string_view sessionId) {
  return {apiCall("clerk.sessions.get", "GET", "/v1/sessions/{sessionId}", {{"sessionId", std::string(sessionId)}}),
          sessionReader(sessionId)};
}

http::TypedCall<List<Session>> listSessions(const SessionFilter& filter, const PageOptions& page) {
  requireArgument(filter.userId || filter.clientId, "the filter of sessions", "must have a userId or a clientId");
  QueryWriter query;
  query.add("client_id", filter.clientId);
  query.add("user_id", filter.userId);
  query.add("status", filter.status);
  query.add(page);
  query.addFlag("paginated", true);
  const auto holds = [filter](const Session& session) { return isWanted(filter, session); };
  return {listCall("clerk.sessions.list", "/v1/sessions", {}, query.take()),
          checkedListReader<Session>(readSession, holds, "it has a session that was not asked for")};
}

http::TypedCall<Session> revokeSession(std::string_view sessionId) {
  return {apiCall("clerk.sessions.revoke", "POST", "/v1/sessions/{sessionId}/revoke",
                  {{"sessionId", std::string(sessionId)}}),
          sessionReader(sessionId)};
}

http::TypedCall<Secret> createSessionToken(std::string_view sessionId, const SessionTokenOptions& options) {
  http::ApiCall call = apiCall("clerk.sessions.create_token", "POST", "/v1/sessions/{sessionId}/tokens",
                               {{"sessionId", std::string(sessionId)}});
  if (!options.jwtTemplate.empty()) {
    call.path += "/{template}";
    call.pathParameters.push_back({"template", options.jwtTemplate});
  }
  if (options.expiresIn) {
    requireArgument(options.expiresIn->count() >= 1, "expiresIn", "must be at least 1 s");
    BodyWriter body;
    body.add("expires_in_seconds", std::optional<std::int64_t>(options.expiresIn->count()));
    call.body = body.take();
  }
  call.repeat = http::ApiRepeat::always;
  return {std::move(call), readToken};
}

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
