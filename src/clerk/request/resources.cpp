#include "clerk/request/resources.hpp"

#include <chrono>
#include <utility>

#include "clerk/backend_api.hpp"
#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "http/retry.hpp"
#include "http/url.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

Resources::~Resources() = default;

const Result<jwks::KeyPointer>* FoundKeys::find(const SessionKeys::KeyId& keyId) const noexcept {
  for (const auto& [id, key] : keys_) {
    if (keyId == id) return &key;
  }
  return nullptr;
}

const Result<jwks::KeyPointer>& FoundKeys::add(SessionKeys::KeyId keyId, Result<jwks::KeyPointer> key) {
  return keys_.emplace_back(std::move(keyId), std::move(key)).second;
}

Result<jwks::KeyPointer> BlockingResources::findKey(const SessionKeys::KeyId& keyId) {
  if (const auto* known = keys_.find(keyId)) return *known;
  return keys_.add(keyId, setup_.verifier.keys().find(keyId, deadline_));
}

Result<MachineToken> BlockingResources::verifyToken(const OpaqueKind& kind, std::string_view token) {
  return setup_.opaqueTokens.verify(kind, token, setup_.machineClaims, setup_.verifier.clock(), deadline_);
}

Result<std::string> BlockingResources::fetchHandshake(const std::string& nonce) {
  return NonceExchange(setup_).send(nonce, deadline_);
}

Result<jwks::KeyPointer> KnownResources::findKey(const SessionKeys::KeyId& keyId) {
  if (const auto* known = keys_.find(keyId)) return *known;
  const SessionKeys& keys = setup_.verifier.keys();
  auto key = deadline_ ? keys.findNow(keyId, *deadline_) : keys.findLocally(keyId);
  return key ? keys_.add(keyId, *std::move(key)) : lack(MissingKey{*keyId});
}

Result<MachineToken> KnownResources::verifyToken(const OpaqueKind& kind, std::string_view token) {
  if (token_) return *token_;
  if (auto error = setup_.opaqueTokens.obstacle(kind, token, deadline())) return *std::move(error);
  return lack(MissingToken{&kind, token});
}

Result<std::string> KnownResources::fetchHandshake(const std::string& nonce) {
  if (handshake_) return *handshake_;
  if (auto error = NonceExchange(setup_).obstacle(nonce, deadline())) return *std::move(error);
  return lack(MissingHandshake{nonce});
}

void KnownResources::tell(Effect effect) {
  if (isCommitted_) return effect();
  effects_.push_back(std::move(effect));
}

void KnownResources::commit() {
  isCommitted_ = true;
  for (const Effect& effect : std::exchange(effects_, {})) effect();
}

KnownResources::Missing KnownResources::takeMissing() {
  effects_.clear();
  return std::exchange(missing_, {});
}

Error KnownResources::lack(Missing missing) {
  if (!isIncomplete()) missing_ = std::move(missing);
  return keysMustBeFetched();
}

namespace {

using http::detail::RetryPolicy;
using http::detail::WebUrl;

constexpr std::size_t maxNonceBytes = 512;
/// The largest response of the Backend API to a nonce.
constexpr std::size_t maxHandshakeBytes = std::size_t{256} << 10;
constexpr int maxHandshakeDepth = 16;

Error unknownNonce() { return {Errc::notFound, "Clerk does not know the handshake"}; }

std::optional<WebUrl> endpointOf(const RequestSetup& setup) {
  return WebUrl::parse(setup.options.apiUrl + "/v1/clients/handshake_payload");
}

http::Call callUntil(Deadline deadline) {
  http::Call call{deadline};
  call.maxBody = maxHandshakeBytes;
  call.once = true;
  return call;
}

http::detail::Watch watchOf(const RequestSetup& setup) { return {setup.verifier.events(), operations::handshake}; }

Result<std::string> readPayload(const std::string& body) {
  if (!json::isStrict(body, maxHandshakeDepth)) return Error{Errc::upstream, "Clerk's response is not a handshake"};
  return std::string(json::findMember(json::members(body), "directives"));
}

}  // namespace

std::optional<Error> NonceExchange::obstacle(std::string_view nonce, Deadline deadline) const {
  if (nonce.size() > maxNonceBytes) return unknownNonce();
  if (!setup_.canUseBackend()) {
    return Error{Errc::keysUnavailable, "a handshake by nonce needs secretKey and a transport"};
  }
  if (!endpointOf(setup_)) return Error{Errc::invalidRequest, "apiUrl cannot have a query"};
  if (std::chrono::steady_clock::now() >= deadline) {
    return Error{Errc::timeout, "the deadline passed before the handshake was fetched"};
  }
  return std::nullopt;
}

http::Request NonceExchange::request(std::string_view nonce) const {
  auto url = endpointOf(setup_);
  url->appendQueryParameter("nonce", nonce);
  return backendRequest(url->href(), setup_.options.secretKey);
}

Result<std::string> NonceExchange::send(std::string_view nonce, Deadline deadline) const {
  if (auto error = obstacle(nonce, deadline)) return *std::move(error);
  const http::detail::WipedRequest wiped(request(nonce));
  return read(http::detail::sendWithRetry(*setup_.transport, wiped.get(), callUntil(deadline), RetryPolicy::off(),
                                          watchOf(setup_)));
}

void NonceExchange::start(std::string_view nonce, const http::detail::AsyncWait& wait,
                          http::Transport::Completion done) const {
  http::Call call = callUntil(wait.deadline);
  call.cancellation = wait.cancellation;
  http::detail::startWithRetry(setup_.transport, request(nonce), call, RetryPolicy::off(), std::move(done),
                               watchOf(setup_));
}

/// A rejected nonce is an error of the browser; other errors are not.
Result<std::string> NonceExchange::read(const Result<http::Response>& response) const {
  if (!response) return response.error();
  if (response->status == 200) return readPayload(response->body);
  return isRefusal(response->status) ? unknownNonce() : backendError(*response, setup_.verifier.clock().wall());
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
