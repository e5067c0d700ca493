#include <liveblocks/ably/jwt_signer.hpp>

#include <utility>

#include <liveblocks/core/json.hpp>

#include "ably/rules.hpp"
#include "ably/signing.hpp"
#include "core/base64.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

using detail::AblyCode;
using detail::ablyError;
using detail::problemOfName;

using std::chrono::seconds;

std::optional<Error> errorIn(const JwtParams& params, seconds issuedAt) {
  if (params.ttl < seconds(1) || params.ttl > detail::maxTtl)
    return ablyError(AblyCode::badParameter, "ttl must be 1 s to 24 h");
  if (issuedAt < seconds(1)) return ablyError(AblyCode::badParameter, "the clock is before 1970");
  if (params.capability.isEverything()) {
    return ablyError(AblyCode::badJwt, "a JWT must name its capability: give the grants themselves");
  }
  const char* problem = params.revocationKey ? problemOfName(*params.revocationKey) : nullptr;
  if (problem != nullptr) return ablyError(AblyCode::badJwt, std::string("the revocation key ") + problem);
  return std::nullopt;
}

std::string headerOf(const detail::ApiKey& key) {
  return R"({"typ":"JWT","alg":"HS256","kid":)" + Json(key.name()).text() + "}";
}

/// Writes a claim of Ably, which is always a string, also the capability.
std::string claim(std::string_view name, const std::string& value) {
  if (value.empty()) return "";
  return std::string(",\"x-ably-").append(name) + "\":" + Json(value).text();
}

std::string claimsOf(const JwtParams& params, seconds issuedAt) {
  std::string text = R"({"iat":)" + std::to_string(issuedAt.count());
  text += R"(,"exp":)" + std::to_string((issuedAt + params.ttl).count());
  text += claim("capability", params.capability.text());
  text += claim("clientId", params.clientId.text());
  return text += claim("revocation-key", params.revocationKey.value_or("")) + "}";
}

}  // namespace

namespace detail {

Result<std::string> signJwt(const ApiKey& key, const JwtParams& params, seconds issuedAt) {
  std::string token = base64url::encode(headerOf(key)) + "." + base64url::encode(claimsOf(params, issuedAt));
  const auto code = key.sign(token);
  if (!code) return code.error();
  return token += "." + base64url::encode(*code);
}

}  // namespace detail

struct JwtSigner::State : detail::SigningState {
  using SigningState::SigningState;
};

JwtSigner::JwtSigner(const Secret& key, std::shared_ptr<const Clock> clock)
    : state_(std::make_shared<const State>(key, std::move(clock))) {}

Result<std::string> JwtSigner::sign(const JwtParams& params) const {
  // Shared, so that the clock may destroy the last copy during the call.
  const auto state = state_;
  const auto issuedAt = state->now<seconds>();
  if (auto error = errorIn(params, issuedAt)) return *std::move(error);
  auto token = detail::signJwt(state->key, params, issuedAt);
  if (token && token->size() > maxBytes) {
    return ablyError(AblyCode::badJwt, "the token is longer than " + std::to_string(maxBytes) + " bytes");
  }
  return token;
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
