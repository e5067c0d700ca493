/// Token requests from params in JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "ably/signing.hpp"

namespace liveblocks_tests {

/// Nobody when `params` has no such member.
inline liveblocks::Result<liveblocks::ably::ClientId> clientIdIn(const nlohmann::json& params, const char* member) {
  using liveblocks::ably::ClientId;
  if (!params.contains(member)) return ClientId::anonymous();
  const auto name = params.at(member).get<std::string>();
  return name == "*" ? ClientId::wildcard() : ClientId::named(name);
}

/// Everything when `params` has no such member.
inline liveblocks::Result<liveblocks::ably::Capability> capabilityIn(const nlohmann::json& params, const char* member) {
  using liveblocks::ably::Capability;
  if (!params.contains(member)) return Capability::allKeyCapabilities();
  return Capability::parse(params.at(member).get<std::string>());
}

/// `{key, timestamp, nonce}` and, where they are wanted, `ttl`, `clientId` and `capability`, which is JSON text.
inline liveblocks::Result<liveblocks::ably::TokenRequest> signTokenRequest(const nlohmann::json& params) {
  using std::chrono::milliseconds;
  const auto clientId = clientIdIn(params, "clientId");
  if (!clientId) return clientId.error();
  const auto capability = capabilityIn(params, "capability");
  if (!capability) return capability.error();
  liveblocks::ably::TokenParams wanted{*clientId, *capability};
  if (params.contains("ttl")) wanted.ttl = milliseconds(params.at("ttl").get<std::int64_t>());
  return liveblocks::ably::detail::signTokenRequest(
      liveblocks::ably::detail::ApiKey(params.at("key").get<std::string>()), wanted,
      milliseconds(params.at("timestamp").get<std::int64_t>()), params.at("nonce").get<std::string>());
}

}  // namespace liveblocks_tests
