#include "clerk/opaque_tokens.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "clerk/backend_api.hpp"
#include "clerk/machine_token.hpp"
#include "core/json_members.hpp"
#include "core/json_writer.hpp"
#include "core/logging.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

constexpr std::array<OpaqueKind, 3> kinds{
    {{TokenType::apiKey, operations::verifyApiKey, "ak_", "/api_keys/verify", "secret", "api_key", "API key not found"},
     {TokenType::m2mToken, operations::verifyM2mToken, "mt_", "/m2m_tokens/verify", "token", "machine_to_machine_token",
      "Machine token not found"},
     {TokenType::oauthToken, operations::verifyOauthToken, "oat_", "/oauth_applications/access_tokens/verify",
      "access_token", "clerk_idp_oauth_access_token", "OAuth token not found"}}};

}  // namespace

const OpaqueKind* findOpaqueKind(std::string_view token) noexcept {
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return ascii::startsWith(token, kind.prefix); });
  return found == kinds.end() ? nullptr : found;
}

namespace {

using Members = std::vector<json::Member>;
using http::detail::RetryPolicy;
using std::chrono::system_clock;

constexpr std::size_t maxId = 128;
/// Smaller times are in seconds (until the year 5138), larger ones in milliseconds (since 1973).
constexpr std::int64_t leastMilliseconds = 100'000'000'000;

bool isId(std::string_view text) noexcept {
  return !text.empty() && text.size() <= maxId && std::all_of(text.begin(), text.end(), ascii::isKeyCharacter);
}

/// @{
/// False if the member is present and has the wrong type.
bool take(const Members& response, std::string_view name, std::string& text) {
  const std::string_view value = json::findMember(response, name);
  if (json::hasNoValue(value)) return true;
  auto found = json::toString(value);
  if (!found) return false;
  text = *std::move(found);
  return true;
}

bool take(const Members& response, std::string_view name, std::vector<std::string>& texts) {
  const std::string_view value = json::findMember(response, name);
  if (json::hasNoValue(value)) return true;
  if (value.front() != '[') return false;
  for (const std::string_view item : json::items(value)) {
    auto text = readPlainString(item);
    if (!text) return false;
    texts.push_back(*std::move(text));
  }
  return true;
}

bool take(const Members& response, std::string_view name, Json& object) {
  const std::string_view value = json::findMember(response, name);
  if (json::hasNoValue(value)) return true;
  if (value.front() != '{') return false;
  object = Json::parse(value);
  return true;
}

bool take(const Members& response, std::string_view name, std::optional<system_clock::time_point>& time) {
  const std::string_view value = json::findMember(response, name);
  if (json::hasNoValue(value)) return true;
  const auto number = json::toInteger(value);
  if (!number) return false;
  const std::int64_t seconds = *number < leastMilliseconds ? *number : *number / 1000;
  const system_clock::time_point found = jwt::toTimePoint(seconds);
  time = time ? std::min(*time, found) : found;
  return true;
}
/// @}

bool takeClientId(const Members& response, MachineToken& token) {
  const std::string_view value = json::findMember(response, "client_id");
  auto clientId = json::hasNoValue(value) ? std::string() : readOptionalString(value, "client_id");
  if (!clientId) return false;
  token.clientId = *std::move(clientId);
  return true;
}

bool takeActors(const Members& response, MachineToken& token) {
  auto actors = readActors(json::findMember(response, "act"));
  if (!actors) return false;
  token.actors = *std::move(actors);
  return true;
}

bool read(const Members& response, MachineToken& token) {
  return take(response, "id", token.id) && isId(token.id) && take(response, "subject", token.subject) &&
         isSubjectOf(token.type, token.subject) && take(response, "scopes", token.scopes) &&
         take(response, "name", token.name) && takeClientId(response, token) &&
         take(response, "claims", token.claims) && take(response, "expiration", token.expiresAt) &&
         take(response, "expires_at", token.expiresAt) &&
         (token.type != TokenType::oauthToken || takeActors(response, token));
}

Error unexpectedResponse() { return {Errc::upstream, "Clerk's response is not about a token of this type"}; }

}  // namespace

Result<MachineToken> readMachineToken(const OpaqueKind& kind, std::string_view body, const ClaimsValidator& validator,
                                      system_clock::time_point now) {
  if (!json::isStrict(body, Json::maxDepth)) return unexpectedResponse();
  const Members response = json::members(body);
  MachineToken token;
  token.type = kind.type;
  if (json::toString(json::findMember(response, "object")) != kind.object || !read(response, token))
    return unexpectedResponse();
  const auto revoked = json::toBool(json::findMember(response, "revoked"));
  const auto expired = json::toBool(json::findMember(response, "expired"));
  if (!revoked || !expired) return unexpectedResponse();
  if (*revoked) return Error{Errc::tokenRejected, "the token was revoked"};
  if (*expired || (token.expiresAt && *token.expiresAt <= now)) return Error{Errc::expired, "the token has expired"};
  if (kind.type == TokenType::oauthToken) {
    if (auto problem = validator.checkAudience(json::findMember(response, "aud"))) return *std::move(problem);
  }
  return token;
}

namespace {

/// Whether it is printable ASCII that needs no escapes in JSON. A token with two dots is a JWT, which is not opaque.
bool canBeOpaqueToken(std::string_view token) noexcept {
  const auto isPlain = [](char c) { return ascii::isVisible(c) && c != '"' && c != '\\'; };
  return token.size() <= jwt::maxTokenSize && std::all_of(token.begin(), token.end(), isPlain) &&
         std::count(token.begin(), token.end(), '.') < 2;
}

/// `{"<member>":"<token>"}` in one buffer, so that no copy of the token remains in memory.
std::string bodyOf(std::string_view member, std::string_view token) {
  json::ObjectWriter body(member.size() + token.size() + 7);
  body.addString(member, token);
  return body.finish();
}

http::Call callUntil(Deadline deadline) {
  http::Call call{deadline};
  call.maxBody = maxBackendResponse;
  call.once = true;
  return call;
}

}  // namespace

OpaqueTokenVerifier::OpaqueTokenVerifier(const RequestAuthenticatorOptions& options,
                                         std::shared_ptr<http::Transport> transport,
                                         liveblocks::detail::EventSinkPointer events)
    : apiUrl_(options.apiUrl),
      secretKey_(options.secretKey),
      machineSecretKey_(options.machineSecretKey),
      transport_(std::move(transport)),
      outage_(std::make_unique<logging::OutageLog>(options.log, "Clerk verifies opaque tokens again", options.clock)),
      events_(std::move(events)) {}

Result<MachineToken> OpaqueTokenVerifier::verify(const OpaqueKind& kind, std::string_view token,
                                                 const ClaimsValidator& validator, const Clock& clock,
                                                 Deadline deadline) const {
  if (auto error = obstacle(kind, token, deadline)) return *std::move(error);
  const http::detail::WipedRequest wiped(requestFor(kind, token));
  const auto response = http::detail::sendWithRetry(*transport_, wiped.get(), callUntil(deadline), RetryPolicy::off(),
                                                    {events_, kind.operation});
  return read(kind, response, validator, clock);
}

std::optional<Error> OpaqueTokenVerifier::obstacle(const OpaqueKind& kind, std::string_view token,
                                                   Deadline deadline) const {
  if (!canBeOpaqueToken(token)) return Error{Errc::tokenRejected, "the token has characters that no such token has"};
  if (keyFor(kind.type).empty() || !transport_) {
    return Error{Errc::keysUnavailable, "opaque tokens cannot be verified: secretKey or transport is missing"};
  }
  if (std::chrono::steady_clock::now() >= deadline) {
    return Error{Errc::timeout, "the deadline passed before the token was verified"};
  }
  return std::nullopt;
}

void OpaqueTokenVerifier::start(const OpaqueKind& kind, std::string_view token, const http::detail::AsyncWait& wait,
                                http::Transport::Completion done) const {
  http::Call call = callUntil(wait.deadline);
  call.cancellation = wait.cancellation;
  http::detail::startWithRetry(transport_, requestFor(kind, token), call, RetryPolicy::off(), std::move(done),
                               {events_, kind.operation});
}

Result<MachineToken> OpaqueTokenVerifier::read(const OpaqueKind& kind, const Result<http::Response>& response,
                                               const ClaimsValidator& validator, const Clock& clock) const {
  if (!response) return response.error();
  if (response->status != 200) return failed(*response, kind.type, clock);
  outage_->succeeded();
  return readMachineToken(kind, response->body, validator, clock.wall());
}

http::Request OpaqueTokenVerifier::requestFor(const OpaqueKind& kind, std::string_view token) const {
  return backendRequest(apiUrl_ + std::string(kind.path), keyFor(kind.type), bodyOf(kind.member, token));
}

bool OpaqueTokenVerifier::hasOwnKey(TokenType type) const noexcept {
  return type == TokenType::m2mToken && !machineSecretKey_.empty();
}

const Secret& OpaqueTokenVerifier::keyFor(TokenType type) const noexcept {
  return hasOwnKey(type) ? machineSecretKey_ : secretKey_;
}

Error OpaqueTokenVerifier::failed(const http::Response& response, TokenType type, const Clock& clock) const {
  const char* const variable = hasOwnKey(type) ? "CLERK_MACHINE_SECRET_KEY" : "CLERK_SECRET_KEY";
  Error error = backendError(response, clock.wall(), variable);
  // The request contains nothing but the token.
  if (isRefusal(response.status)) error.code = Errc::tokenRejected;
  if (error.code == Errc::secretKeyRejected) outage_->failed(LogLevel::error, "verifying a token: " + error.message);
  if (response.status == 429) outage_->failed(LogLevel::warning, "verifying a token: " + error.message);
  return error;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
