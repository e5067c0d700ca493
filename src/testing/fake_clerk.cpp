#include <liveblocks/testing/fake_clerk.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/http/message.hpp>

#include "core/text.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/fake_clerk/directory.hpp"
#include "testing/fake_server.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

/// The endpoint that verifies tokens of a type.
struct MachineTokenEndpoint {
  clerk::TokenType type;
  const char* path;
  /// The member of the request body that contains the token.
  const char* member;
  /// The prefix of its tokens.
  const char* prefix;
};

class MachineTokens {
 public:
  /// Returns the token's string. Throws `std::invalid_argument` for session tokens.
  std::string add(const clerk::MachineToken& token);
  /// Throws `std::invalid_argument` for an unknown token.
  void revoke(std::string_view text);

  /// Returns Clerk's response about a token: 200 even if it was revoked or has expired.
  http::Response verify(const MachineTokenEndpoint& endpoint, const std::string& body,
                        std::chrono::system_clock::time_point now) const;

 private:
  struct Entry {
    clerk::MachineToken token;
    bool revoked = false;
  };

  std::map<std::string, Entry, std::less<>> entries_;
};

using clerk::TokenType;
using std::chrono::system_clock;

constexpr std::int64_t tokensCreatedAt = 1735689600;

constexpr std::array<MachineTokenEndpoint, 3> endpoints{
    {{TokenType::apiKey, "/api_keys/verify", "secret", "ak_"},
     {TokenType::m2mToken, "/m2m_tokens/verify", "token", "mt_"},
     {TokenType::oauthToken, "/oauth_applications/access_tokens/verify", "access_token", "oat_"}}};

/// Milliseconds since the epoch; for OAuth tokens seconds.
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
    members.set(name, timeOf(token.type, std::chrono::seconds(tokensCreatedAt)));
  }
  return Json::parse(members.text());
}

/// Returns null if no tokens are verified at that path.
const MachineTokenEndpoint* findMachineTokenEndpoint(std::string_view path) noexcept {
  const auto* const found =
      std::find_if(endpoints.begin(), endpoints.end(), [&](const auto& e) { return e.path == path; });
  return found == endpoints.end() ? nullptr : found;
}

std::string MachineTokens::add(const clerk::MachineToken& token) {
  const auto* const endpoint =
      std::find_if(endpoints.begin(), endpoints.end(), [&](const auto& e) { return e.type == token.type; });
  if (endpoint == endpoints.end()) throw std::invalid_argument("a session token is not a machine token");
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
  if (!text) return refused(422, "form_param_missing", "The body contains no token.");
  const auto found = entries_.find(*text);
  if (found == entries_.end() || found->second.token.type != endpoint.type) return notFound();
  const clerk::MachineToken& token = found->second.token;
  const bool expired = token.expiresAt && *token.expiresAt <= now;
  return testing::found(machineTokenJson(token, found->second.revoked, expired));
}

constexpr std::string_view machineTokensPath = "/m2m_tokens/verify";

Secret secretKeyFor(const ClerkIssuer& issuer) {
  return ascii::startsWith(issuer.publishableKey(), "pk_test_") ? "sk_test_fake" : "sk_live_fake";
}

}  // namespace

struct FakeClerk::State {
  struct Handshake {
    std::string nonce;
    std::vector<std::string> directives;
  };

  State(ClerkIssuer by, Secret key, std::shared_ptr<const Clock> given)
      : issuer(std::move(by)), secretKey(std::move(key)), clock(std::move(given)) {
    if (secretKey.empty()) secretKey = secretKeyFor(issuer);
    if (!clock) clock = std::make_shared<const Clock>();
  }

  http::Response respond(const http::Request& request) {
    const Target target = targetOf(request.url);
    if (target.origin == issuer.issuer()) return frontendResponse(request.method, target);
    if (const auto refusal = checkKey(request, target.path)) return *refusal;
    return backendResponse(request, target);
  }

  http::Response frontendResponse(std::string_view method, const Target& target) const {
    if (method == "GET" && target.path == "/.well-known/jwks.json") return found(Json::parse(issuer.jwks()));
    return notFound();
  }

  std::optional<http::Response> checkKey(const http::Request& request, std::string_view path) const {
    const auto key = bearerOf(request);
    if (!key) return refused(401, "authorization_invalid", "The request has no bearer token.");
    if (*key == secretKey.reveal()) return std::nullopt;
    const bool isMachine = path == machineTokensPath && !machineSecretKey.empty() && *key == machineSecretKey.reveal();
    if (isMachine) return std::nullopt;
    return refused(401, "clerk_key_invalid", "The secret key does not belong to this instance.");
  }

  http::Response backendResponse(const http::Request& request, const Target& target) {
    if (request.method == "GET") {
      if (target.path == "/v1/jwks") return found(Json::parse(issuer.jwks()));
      if (target.path == "/v1/clients/handshake_payload") return takeHandshake(target.query);
    }
    const MachineTokenEndpoint* endpoint = findMachineTokenEndpoint(target.path);
    if (request.method == "POST" && endpoint != nullptr)
      return machineTokens.verify(*endpoint, request.body, clock->wall());
    return directory.respond(request, target);
  }

  http::Response takeHandshake(std::string_view query) {
    const std::string_view nonce = queryParameter(query, "nonce").value_or("");
    const auto handshake =
        std::find_if(handshakes.begin(), handshakes.end(), [&](const Handshake& each) { return each.nonce == nonce; });
    if (handshake == handshakes.end()) return notFound();
    const Json directives = jsonArray(handshake->directives);
    handshakes.erase(handshake);
    return found(Json::object({{"directives", directives}}));
  }

  const ClerkIssuer issuer;
  Secret secretKey;
  std::shared_ptr<const Clock> clock;

  FakeServer server;
  // Guarded by the server's lock.
  Secret machineSecretKey;
  fake_clerk::Directory directory;
  std::deque<Handshake> handshakes;
  MachineTokens machineTokens;
};

FakeClerk::FakeClerk(ClerkIssuer issuer, Secret secretKey, std::shared_ptr<const Clock> clock)
    : state_(std::make_unique<State>(std::move(issuer), std::move(secretKey), std::move(clock))) {}

FakeClerk::~FakeClerk() = default;

const ClerkIssuer& FakeClerk::issuer() const noexcept { return state_->issuer; }

const Secret& FakeClerk::secretKey() const noexcept { return state_->secretKey; }

void FakeClerk::setMachineSecretKey(Secret key) {
  const auto lock = state_->server.lock();
  state_->machineSecretKey = std::move(key);
}

void FakeClerk::addUser(const FakeUser& user) {
  checkMemberships(user);
  // Throws if a string is not UTF-8.
  userJson(user);
  const auto lock = state_->server.lock();
  state_->directory.users[user.id] = user;
}

std::optional<FakeUser> FakeClerk::user(std::string_view id) const {
  const auto lock = state_->server.lock();
  const auto user = state_->directory.users.find(id);
  if (user == state_->directory.users.end()) return std::nullopt;
  return user->second;
}

void FakeClerk::removeUser(std::string_view id) {
  const auto lock = state_->server.lock();
  const auto user = state_->directory.users.find(id);
  if (user != state_->directory.users.end()) state_->directory.users.erase(user);
}

void FakeClerk::addOrganization(const FakeOrganization& organization) {
  checkMembership({organization.id, "org:member", organization.slug, {}, {}});
  organizationJson(organization, std::nullopt);
  const auto lock = state_->server.lock();
  state_->directory.organizations[organization.id] = organization;
}

void FakeClerk::addSession(const FakeSession& session) {
  // Throws if a string is not UTF-8.
  sessionJson(session);
  const auto lock = state_->server.lock();
  state_->directory.sessions[session.id] = session;
}

std::optional<FakeSession> FakeClerk::session(std::string_view id) const {
  const auto lock = state_->server.lock();
  const auto& sessions = state_->directory.sessions;
  const auto found = sessions.find(id);
  if (found == sessions.end()) return std::nullopt;
  return found->second;
}

std::string FakeClerk::addHandshake(std::vector<std::string> directives) {
  std::string nonce = randomText();
  const auto lock = state_->server.lock();
  if (state_->handshakes.size() == maxHandshakes) state_->handshakes.pop_front();
  state_->handshakes.push_back({nonce, std::move(directives)});
  return nonce;
}

std::string FakeClerk::addMachineToken(const clerk::MachineToken& token) {
  const auto lock = state_->server.lock();
  return state_->machineTokens.add(token);
}

void FakeClerk::revokeMachineToken(std::string_view token) {
  const auto lock = state_->server.lock();
  state_->machineTokens.revoke(token);
}

void FakeClerk::failNext(std::string pathPrefix, Result<http::Response> response, std::size_t times) {
  state_->server.respondNext(std::move(pathPrefix), std::move(response), times);
}

void FakeClerk::respondNext(std::string pathPrefix, http::Response response, std::size_t times) {
  state_->server.respondNext(std::move(pathPrefix), std::move(response), times);
}

void FakeClerk::delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times) {
  state_->server.delayNext(std::move(pathPrefix), time, times);
}

void FakeClerk::clearFaults() { state_->server.clear(); }

void FakeClerk::setScheduler(std::shared_ptr<http::Scheduler> scheduler) {
  state_->server.setScheduler(std::move(scheduler));
}

std::shared_ptr<http::Scheduler> FakeClerk::scheduler() const { return state_->server.scheduler(); }

std::vector<http::Request> FakeClerk::requests() const { return state_->server.requests(); }

std::size_t FakeClerk::requestCount() const { return state_->server.requestCount(); }

Result<http::Response> FakeClerk::send(const http::Request& request, const http::Call& call) {
  return state_->server.send(request, call, [&] { return state_->respond(request); });
}

bool FakeClerk::start(http::Request& request, const http::Call& call, Completion& done) {
  return state_->server.start(request, call, done, [&] { return state_->respond(request); });
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
