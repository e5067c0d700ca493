#include "clerk/request/handshake_nonce.hpp"

#include <chrono>

#include "clerk/backend_error.hpp"
#include "clerk/backend_request.hpp"
#include "clerk/request/limits.hpp"
#include "core/members.hpp"
#include "core/strict_json.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

Error unknownNonce() { return {Errc::notFound, "Clerk does not know the handshake"}; }

/// A refusal of the nonce is the browser's fault, anything else is not.
Error failed(const http::Response& answer, std::chrono::system_clock::time_point now) {
  return isRefusal(answer.status) ? unknownNonce() : backendError(answer, now);
}

Result<std::string> readPayload(const std::string& body) {
  if (!json::isStrict(body, maxHandshakeDepth)) return Error{Errc::upstream, "Clerk answered with something else"};
  return std::string(json::findMember(json::members(body), "directives"));
}

}  // namespace

Result<std::string> fetchHandshake(const RequestContext& context, std::string_view nonce) {
  const RequestSetup& setup = context.setup();
  if (nonce.size() > maxNonceBytes) return unknownNonce();
  if (!setup.canAskBackend()) {
    return Error{Errc::keysUnavailable, "a handshake by nonce needs secretKey and a transport"};
  }
  auto url = http::WebUrl::parse(setup.options.apiUrl + "/v1/clients/handshake_payload");
  if (!url) return Error{Errc::invalidRequest, "apiUrl is no URL that a query can be added to"};
  url->appendQueryParameter("nonce", nonce);
  if (std::chrono::steady_clock::now() >= context.deadline()) {
    return Error{Errc::timeout, "the deadline passed before the handshake was asked for"};
  }
  http::Call call{context.deadline()};
  call.maxBody = maxHandshakeBytes;
  // A nonce is good for one answer: that of a repeat would be a refusal.
  call.once = true;
  const http::WipedRequest wiped(backendRequest(url->href(), setup.options.secretKey));
  const auto answer = http::sendWithRetry(*setup.transport, wiped.get(), call, http::RetryPolicy::off());
  if (!answer) return answer.error();
  return answer->status == 200 ? readPayload(answer->body) : failed(*answer, context.now());
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
