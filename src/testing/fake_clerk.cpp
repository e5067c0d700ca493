#include <liveblocks/testing/fake_clerk.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>

#include "core/ascii.hpp"
#include "testing/asked.hpp"
#include "testing/fake_clerk/answers.hpp"
#include "testing/fake_clerk/memberships.hpp"
#include "testing/fake_clerk/user_json.hpp"
#include "testing/fake_peer.hpp"
#include "testing/json_members.hpp"
#include "testing/machine_tokens.hpp"
#include "testing/random_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

constexpr std::string_view usersPath = "/v1/users/";
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

  http::Response answer(const http::Request& request) {
    const Target target = targetOf(request.url);
    if (target.origin == issuer.issuer()) return frontendAnswer(request.method, target);
    if (const auto refusal = checkKey(request, target.path)) return *refusal;
    return backendAnswer(request, target);
  }

  http::Response frontendAnswer(std::string_view method, const Target& target) const {
    if (method == "GET" && target.path == "/.well-known/jwks.json") return found(Json::parse(issuer.jwks()));
    return notFound();
  }

  std::optional<http::Response> checkKey(const http::Request& request, std::string_view path) const {
    const auto key = bearerOf(request);
    if (!key) return refused(401, "authorization_invalid", "The request has no bearer token.");
    if (*key == secretKey.reveal()) return std::nullopt;
    const bool isMachine = path == machineTokensPath && !machineSecretKey.empty() && *key == machineSecretKey.reveal();
    if (isMachine) return std::nullopt;
    return refused(401, "clerk_key_invalid", "The secret key is not that of this instance.");
  }

  http::Response backendAnswer(const http::Request& request, const Target& target) {
    if (request.method == "GET") {
      if (target.path == "/v1/jwks") return found(Json::parse(issuer.jwks()));
      if (target.path == "/v1/clients/handshake_payload") return takeHandshake(target.query);
      if (ascii::startsWith(target.path, usersPath)) return findUser(target.path.substr(usersPath.size()));
    }
    const MachineTokenEndpoint* endpoint = findMachineTokenEndpoint(target.path);
    if (request.method == "POST" && endpoint != nullptr)
      return machineTokens.verify(*endpoint, request.body, clock->wall());
    return notFound();
  }

  http::Response findUser(std::string_view id) const {
    const auto user = users.find(id);
    return user == users.end() ? notFound() : found(userJson(user->second));
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

  FakePeer peer;
  // Guarded by the peer's lock.
  Secret machineSecretKey;
  std::map<std::string, FakeUser, std::less<>> users;
  std::deque<Handshake> handshakes;
  MachineTokens machineTokens;
};

FakeClerk::FakeClerk(ClerkIssuer issuer, Secret secretKey, std::shared_ptr<const Clock> clock)
    : state_(std::make_unique<State>(std::move(issuer), std::move(secretKey), std::move(clock))) {}

FakeClerk::~FakeClerk() = default;

const ClerkIssuer& FakeClerk::issuer() const noexcept { return state_->issuer; }

const Secret& FakeClerk::secretKey() const noexcept { return state_->secretKey; }

void FakeClerk::setMachineSecretKey(Secret key) {
  const auto lock = state_->peer.lock();
  state_->machineSecretKey = std::move(key);
}

void FakeClerk::addUser(const FakeUser& user) {
  checkMemberships(user);
  // Throws where a text is not UTF-8.
  userJson(user);
  const auto lock = state_->peer.lock();
  state_->users[user.id] = user;
}

std::optional<FakeUser> FakeClerk::user(std::string_view id) const {
  const auto lock = state_->peer.lock();
  const auto user = state_->users.find(id);
  if (user == state_->users.end()) return std::nullopt;
  return user->second;
}

void FakeClerk::removeUser(std::string_view id) {
  const auto lock = state_->peer.lock();
  const auto user = state_->users.find(id);
  if (user != state_->users.end()) state_->users.erase(user);
}

std::string FakeClerk::addHandshake(std::vector<std::string> directives) {
  std::string nonce = randomText();
  const auto lock = state_->peer.lock();
  if (state_->handshakes.size() == maxHandshakes) state_->handshakes.pop_front();
  state_->handshakes.push_back({nonce, std::move(directives)});
  return nonce;
}

std::string FakeClerk::addMachineToken(const clerk::MachineToken& token) {
  const auto lock = state_->peer.lock();
  return state_->machineTokens.add(token);
}

void FakeClerk::revokeMachineToken(std::string_view token) {
  const auto lock = state_->peer.lock();
  state_->machineTokens.revoke(token);
}

void FakeClerk::failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times) {
  state_->peer.answerNext(std::move(pathPrefix), std::move(answer), times);
}

void FakeClerk::answerNext(std::string pathPrefix, http::Response answer, std::size_t times) {
  state_->peer.answerNext(std::move(pathPrefix), std::move(answer), times);
}

void FakeClerk::delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times) {
  state_->peer.delayNext(std::move(pathPrefix), time, times);
}

void FakeClerk::clearFaults() { state_->peer.clear(); }

std::vector<http::Request> FakeClerk::requests() const { return state_->peer.requests(); }

std::size_t FakeClerk::requestCount() const { return state_->peer.requestCount(); }

Result<http::Response> FakeClerk::send(const http::Request& request, const http::Call& call) {
  return state_->peer.send(request, call, [&] { return state_->answer(request); });
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
