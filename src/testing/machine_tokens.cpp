#include "testing/machine_tokens.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "testing/actors.hpp"
#include "testing/asked.hpp"
#include "testing/fake_clerk/answers.hpp"
#include "testing/json_members.hpp"
#include "testing/random_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

using clerk::TokenType;
using std::chrono::system_clock;

constexpr std::int64_t createdAt = 1735689600;

constexpr std::array<MachineTokenEndpoint, 3> endpoints{
    {{TokenType::apiKey, "/api_keys/verify", "secret", "ak_"},
     {TokenType::m2mToken, "/m2m_tokens/verify", "token", "mt_"},
     {TokenType::oauthToken, "/oauth_applications/access_tokens/verify", "access_token", "oat_"}}};

/// Milliseconds since the epoch, but for OAuth tokens, which have seconds.
Json timeOf(TokenType type, std::chrono::milliseconds sinceEpoch) {
  if (type != TokenType::oauthToken) return sinceEpoch.count();
  return std::chrono::floor<std::chrono::seconds>(sinceEpoch).count();
}

Json expirationOf(const clerk::MachineToken& token) {
  if (!token.expiresAt) return nullptr;
  return timeOf(token.type, std::chrono::floor<std::chrono::milliseconds>(token.expiresAt->time_since_epoch()));
}

void setWhatDiffers(JsonMembers& members, const clerk::MachineToken& token) {
  switch (token.type) {
    case TokenType::apiKey:
      members.set("object", "api_key");
      members.set("type", "api_key");
      members.set("name", token.name);
      members.set("created_by", nullptr);
      members.set("description", nullptr);
      members.set("last_used_at", nullptr);
      break;
    case TokenType::oauthToken:
      members.set("object", "clerk_idp_oauth_access_token");
      members.set("type", "oauth:access_token");
      members.set("client_id", token.clientId);
      members.set("act", actorsJson(token.actors));
      break;
    default:
      members.set("object", "machine_to_machine_token");
      break;
  }
  if (token.type != TokenType::oauthToken) members.set("claims", token.claims);
}

Json machineTokenJson(const clerk::MachineToken& token, bool revoked, bool expired) {
  JsonMembers members;
  members.set("id", token.id);
  setWhatDiffers(members, token);
  members.set("subject", token.subject);
  members.set("scopes", jsonArray(token.scopes));
  members.set("revoked", revoked);
  members.set("revocation_reason", revoked ? Json("revoked by the test") : Json());
  members.set("expired", expired);
  members.set("expiration", expirationOf(token));
  for (const char* name : {"created_at", "updated_at"}) {
    members.set(name, timeOf(token.type, std::chrono::seconds(createdAt)));
  }
  return Json::parse(members.text());
}

}  // namespace

const MachineTokenEndpoint* findMachineTokenEndpoint(std::string_view path) noexcept {
  const auto* const found =
      std::find_if(endpoints.begin(), endpoints.end(), [&](const auto& e) { return e.path == path; });
  return found == endpoints.end() ? nullptr : found;
}

std::string MachineTokens::add(const clerk::MachineToken& token) {
  const auto* const endpoint =
      std::find_if(endpoints.begin(), endpoints.end(), [&](const auto& e) { return e.type == token.type; });
  if (endpoint == endpoints.end()) throw std::invalid_argument("a session token is no machine token");
  std::string text = endpoint->prefix + randomText();
  entries_[text] = Entry{token};
  return text;
}

void MachineTokens::revoke(std::string_view text) {
  const auto found = entries_.find(text);
  if (found == entries_.end()) throw std::invalid_argument("the token to be revoked was never added");
  found->second.revoked = true;
}

http::Response MachineTokens::verify(const MachineTokenEndpoint& endpoint, const std::string& body,
                                     system_clock::time_point now) const {
  const auto text = bodyMember(body, endpoint.member);
  if (!text) return refused(422, "form_param_missing", "The body names no token.");
  const auto found = entries_.find(*text);
  if (found == entries_.end() || found->second.token.type != endpoint.type) return notFound();
  const clerk::MachineToken& token = found->second.token;
  const bool expired = token.expiresAt && *token.expiresAt <= now;
  return testing::found(machineTokenJson(token, found->second.revoked, expired));
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
