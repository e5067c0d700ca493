#include <liveblocks/ably/jwt_signer.hpp>

#include <utility>

#include "ably/rules.hpp"
#include "ably/signing.hpp"
#include "core/base64.hpp"
#include "core/json_writer.hpp"

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
  json::ObjectWriter header;
  header.addString("typ", "JWT");
  header.addString("alg", "HS256");
  header.addString("kid", key.name());
  return header.finish();
}

std::string claimsOf(const JwtParams& params, seconds issuedAt) {
  json::ObjectWriter claims;
  // The claims of Ably are strings, also the capability.
  const auto addUnlessEmpty = [&claims](std::string_view name, std::string_view value) {
    if (!value.empty()) claims.addString(name, value);
  };
  claims.addInteger("iat", issuedAt.count());
  claims.addInteger("exp", (issuedAt + params.ttl).count());
  addUnlessEmpty("x-ably-capability", params.capability.text());
  addUnlessEmpty("x-ably-clientId", params.clientId.text());
  addUnlessEmpty("x-ably-revocation-key", params.revocationKey.value_or(""));
  return claims.finish();
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
