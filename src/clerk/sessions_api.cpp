#include <liveblocks/clerk/sessions_api.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "clerk/api_request.hpp"
#include "clerk/api_resource.hpp"
#include "core/base64.hpp"
#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "core/wipe.hpp"

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

/// The payload of a token, which is not verified; nullopt unless it is a compact JWS of strict JSON. That of a template
/// may be larger and deeper than a session token.
std::optional<std::string> payloadOf(std::string_view token) {
  const std::size_t begin = token.find('.') + 1;
  const std::size_t end = token.find('.', begin);
  if (begin == 0 || end == std::string_view::npos || token.find('.', end + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  auto payload = base64url::decode(token.substr(begin, end - begin));
  return payload && json::isStrict(*payload, Json::maxDepth) ? std::move(payload) : std::nullopt;
}

/// Reads a token that must be of that session.
class TokenReader {
 public:
  TokenReader(std::string_view sessionId, bool isFromTemplate)
      : sessionId_(sessionId), isFromTemplate_(isFromTemplate) {}

  Result<Secret> operator()(http::ApiResponse response) const {
    const liveblocks::detail::WipeAtEnd wipeBody(response.body);
    if (const Result<void> strict = checkStrict(response); !strict) return strict.error();
    json::MemberReader reader(response.body);
    const std::string_view jwt = reader.find("jwt");
    reader.require(jwt.size() > 2 && jwt.front() == '"', "jwt", "a text that is not empty");
    if (reader.problem()) return unexpectedResponse(*reader.problem());
    // Read in place, so that no copy remains in memory. No character of a token needs an escape.
    const std::string_view token = jwt.substr(1, jwt.size() - 2);
    const auto payload = payloadOf(token);
    if (!payload) return unexpectedResponse("\"jwt\" is not a JWT");
    if (!isOfSession(*payload)) return unexpectedResponse("the token is of another session");
    return Secret(token);
  }

 private:
  /// Clerk adds `sid` to each session token. A token from a template has what the template says: no `sid`, mostly, or
  /// something else of that name.
  bool isOfSession(std::string_view payload) const {
    const std::string_view claim = json::findMember(json::members(payload), "sid");
    const std::optional<std::string> id = json::toString(claim);
    if (isFromTemplate_ && !ascii::startsWith(id.value_or(""), "sess_")) return true;
    return id == sessionId_;
  }

  std::string sessionId_;
  bool isFromTemplate_;
};

}  // namespace

http::TypedCall<Session> getSession(std::string_view sessionId) {
  return {apiCall("clerk.sessions.get", "GET", "/v1/sessions/{sessionId}", {{"sessionId", std::string(sessionId)}}),
          sessionReader(sessionId)};
}

http::TypedCall<List<Session>> listSessions(const SessionFilter& filter, const PageOptions& page) {
  http::ApiCall call = listCall("clerk.sessions.list", "/v1/sessions", {});
  require(call, filter.userId || filter.clientId, "the filter of sessions", "must have a userId or a clientId");
  QueryWriter query(call);
  query.add("client_id", filter.clientId);
  query.add("user_id", filter.userId);
  query.add("status", filter.status);
  query.add(page);
  query.addFlag("paginated", true);
  const auto holds = [filter](const Session& session) { return isWanted(filter, session); };
  return {std::move(call), checkedListReader<Session>(readSession, holds, "it has a session that was not asked for")};
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
    require(call, options.expiresIn->count() >= 1, "expiresIn", "must be at least 1 s");
    BodyWriter body(call);
    body.add("expires_in_seconds", std::optional<std::int64_t>(options.expiresIn->count()));
    body.finish();
  }
  call.repeat = http::ApiRepeat::always;
  return {std::move(call), TokenReader(sessionId, !options.jwtTemplate.empty())};
}

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
