#include <liveblocks/testing/fake_clerk.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

#include "ascii.hpp"
#include "testing/fake_clerk/answers.hpp"
#include "testing/fake_clerk/asked.hpp"
#include "testing/fake_clerk/machine_tokens.hpp"
#include "testing/fake_clerk/user_json.hpp"
#include "testing/json_members.hpp"
#include "testing/random_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

constexpr std::string_view usersPath = "/v1/users/";
constexpr std::string_view machineTokensPath = "/m2m_tokens/verify";

struct Fault {
  std::string pathPrefix;
  Result<http::Response> answer;
  std::size_t times;
};

Secret secretKeyFor(const ClerkIssuer& issuer) {
  return ascii::startsWith(issuer.publishableKey(), "pk_test_") ? "sk_test_fake" : "sk_live_fake";
}

/// An answer as it would arrive under the conditions of the call.
Result<http::Response> delivered(Result<http::Response> answer, const http::Call& call) {
  if (std::chrono::steady_clock::now() >= call.deadline) return Error{Errc::timeout, "the deadline has passed"};
  if (call.cancelled && call.cancelled()) return Error{Errc::cancelled, "the call was cancelled"};
  if (answer && answer->body.size() > call.maxBody) return Error{Errc::tooLarge, "the answer is too large"};
  return answer;
}

}  // namespace

struct FakeClerk::State {
  State(ClerkIssuer by, Secret key, std::shared_ptr<const Clock> given)
      : issuer(std::move(by)), secretKey(std::move(key)), clock(std::move(given)) {
    if (secretKey.empty()) secretKey = secretKeyFor(issuer);
    if (!clock) clock = std::make_shared<const Clock>();
  }

  Result<http::Response> answer(const http::Request& request) {
    const Target target = targetOf(request.url);
    if (auto fault = takeFault(target.path)) return *std::move(fault);
    if (target.origin == issuer.issuer()) return frontendAnswer(request.method, target);
    if (const auto refusal = checkKey(request, target.path)) return *refusal;
    return backendAnswer(request, target);
  }

  std::optional<Result<http::Response>> takeFault(std::string_view path) {
    const auto found = std::find_if(faults.begin(), faults.end(),
                                    [&](const Fault& fault) { return ascii::startsWith(path, fault.pathPrefix); });
    if (found == faults.end()) return std::nullopt;
    Result<http::Response> answer = found->answer;
    if (--found->times == 0) faults.erase(found);
    return answer;
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
    return user == users.end() ? notFound() : found(user->second);
  }

  http::Response takeHandshake(std::string_view query) {
    const auto handshake = handshakes.find(queryParameter(query, "nonce").value_or(""));
    if (handshake == handshakes.end()) return notFound();
    const Json directives = jsonArray(handshake->second);
    handshakes.erase(handshake);
    return found(Json::object({{"directives", directives}}));
  }

  const ClerkIssuer issuer;
  Secret secretKey;
  std::shared_ptr<const Clock> clock;

  /// Guards what follows.
  mutable std::mutex mutex;
  Secret machineSecretKey;
  std::map<std::string, Json, std::less<>> users;
  std::map<std::string, std::vector<std::string>, std::less<>> handshakes;
  MachineTokens machineTokens;
  std::vector<Fault> faults;
  std::vector<http::Request> requests;
};

FakeClerk::FakeClerk(ClerkIssuer issuer, Secret secretKey, std::shared_ptr<const Clock> clock)
    : state_(std::make_unique<State>(std::move(issuer), std::move(secretKey), std::move(clock))) {}

FakeClerk::~FakeClerk() = default;

const ClerkIssuer& FakeClerk::issuer() const noexcept { return state_->issuer; }

const Secret& FakeClerk::secretKey() const noexcept { return state_->secretKey; }

void FakeClerk::setMachineSecretKey(Secret key) {
  const std::lock_guard lock(state_->mutex);
  state_->machineSecretKey = std::move(key);
}

void FakeClerk::addUser(const FakeUser& user) {
  Json json = userJson(user);
  const std::lock_guard lock(state_->mutex);
  state_->users[user.id] = std::move(json);
}

void FakeClerk::removeUser(std::string_view id) {
  const std::lock_guard lock(state_->mutex);
  const auto user = state_->users.find(id);
  if (user != state_->users.end()) state_->users.erase(user);
}

std::string FakeClerk::addHandshake(std::vector<std::string> directives) {
  std::string nonce = randomText();
  const std::lock_guard lock(state_->mutex);
  state_->handshakes[nonce] = std::move(directives);
  return nonce;
}

std::string FakeClerk::addMachineToken(const clerk::MachineToken& token) {
  const std::lock_guard lock(state_->mutex);
  return state_->machineTokens.add(token);
}

void FakeClerk::revokeMachineToken(std::string_view token) {
  const std::lock_guard lock(state_->mutex);
  state_->machineTokens.revoke(token);
}

void FakeClerk::failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times) {
  if (times == 0) return;
  const std::lock_guard lock(state_->mutex);
  state_->faults.push_back({std::move(pathPrefix), std::move(answer), times});
}

void FakeClerk::clearFaults() {
  const std::lock_guard lock(state_->mutex);
  state_->faults.clear();
}

std::vector<http::Request> FakeClerk::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

std::size_t FakeClerk::requestCount() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests.size();
}

Result<http::Response> FakeClerk::send(const http::Request& request, const http::Call& call) {
  try {
    std::unique_lock lock(state_->mutex);
    state_->requests.push_back(request);
    Result<http::Response> answer = state_->answer(request);
    lock.unlock();
    return delivered(std::move(answer), call);
  } catch (...) {
    return Error{Errc::internal, "the fake Clerk could not answer"};
  }
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
