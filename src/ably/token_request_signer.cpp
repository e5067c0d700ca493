#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/ably/token_request_signer.hpp>

#include "ably/rules.hpp"
#include "ably/signing.hpp"
#include "core/base64.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "crypto/hash.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t nonceBytes = 16;
constexpr std::size_t minNonceLength = 16;

const char* problemOf(const TokenParams& params, milliseconds timestamp, std::string_view nonce) {
  if (params.ttl && (*params.ttl < milliseconds(1) || *params.ttl > detail::maxTtl)) return "ttl must be 1 ms to 24 h";
  if (timestamp < milliseconds(1)) return "the clock is before 1970";
  if (nonce.size() < minNonceLength) return "the nonce must have 16 characters or more";
  const bool isRaw = std::none_of(nonce.begin(), nonce.end(), ascii::isControl);
  return isRaw ? nullptr : "the nonce must not contain control characters";
}

std::string textOf(milliseconds time) { return std::to_string(time.count()); }

/// The signed text: six fields, each followed by a line feed; an absent field is empty.
std::string signedText(const TokenRequest& request) {
  std::string text = request.keyName + "\n";
  text += (request.ttl ? textOf(*request.ttl) : "") + "\n";
  text += request.capability.value_or("") + "\n";
  text += request.clientId.value_or("") + "\n";
  text += textOf(request.timestamp) + "\n";
  return text += request.nonce + "\n";
}

std::optional<std::string> unlessEmpty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

namespace detail {

Result<TokenRequest> signTokenRequest(const ApiKey& key, const TokenParams& params, milliseconds timestamp,
                                      std::string nonce) {
  if (const char* problem = problemOf(params, timestamp, nonce))
    return detail::ablyError(detail::AblyCode::badParameter, problem);
  TokenRequest request;
  request.keyName = key.name();
  request.ttl = params.ttl;
  request.capability = unlessEmpty(params.capability.text());
  request.clientId = unlessEmpty(params.clientId.text());
  request.timestamp = timestamp;
  request.nonce = std::move(nonce);
  const auto code = key.sign(signedText(request));
  if (!code) return code.error();
  request.mac = base64::encode(*code);
  return request;
}

}  // namespace detail

std::string TokenRequest::json() const {
  json::ObjectWriter object;
  object.addString("keyName", keyName);
  if (ttl) object.addInteger("ttl", ttl->count());
  if (capability) object.addString("capability", *capability);
  if (clientId) object.addString("clientId", *clientId);
  object.addInteger("timestamp", timestamp.count());
  object.addString("nonce", nonce);
  object.addString("mac", mac);
  return object.finish();
}

struct TokenRequestSigner::State : detail::SigningState {
  using SigningState::SigningState;
};

TokenRequestSigner::TokenRequestSigner(const Secret& key, std::shared_ptr<const Clock> clock)
    : state_(std::make_shared<const State>(key, std::move(clock))) {}

Result<TokenRequest> TokenRequestSigner::sign(const TokenParams& params) const {
  // Shared, so that the clock may destroy the last copy during the call.
  const auto state = state_;
  const auto nonce = crypto::randomBytes(nonceBytes);
  if (!nonce) return Error{Errc::internal, "the crypto library returned no random bytes"};
  return detail::signTokenRequest(state->key, params, state->now<milliseconds>(), base64url::encode(*nonce));
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
