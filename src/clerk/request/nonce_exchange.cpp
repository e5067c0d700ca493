#include "clerk/request/nonce_exchange.hpp"

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
  return read(http::detail::sendWithRetry(*setup_.transport, wiped.get(), callUntil(deadline), RetryPolicy::off()));
}

void NonceExchange::start(std::string_view nonce, const http::detail::AsyncWait& wait,
                          http::Transport::Completion done) const {
  http::Call call = callUntil(wait.deadline);
  call.cancellation = wait.cancellation;
  http::detail::startWithRetry(setup_.transport, request(nonce), call, RetryPolicy::off(), std::move(done));
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
