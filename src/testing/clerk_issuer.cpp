#include <liveblocks/testing/clerk_issuer.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "testing/json_members.hpp"
#include "testing/organization_claims.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

using std::chrono::seconds;

constexpr const char* sessionCategory = "cl_B7d4PD111AAA";

bool endsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Hosts that Clerk gives to development instances.
bool isDevelopmentHost(std::string_view host) {
  constexpr std::array<std::string_view, 4> ends{".accounts.dev", ".lcl.dev", ".lclstage.dev", ".lclclerk.com"};
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return endsWith(host, end); });
}

void setTimes(JsonMembers& claims, const SessionTokenSpec& spec) {
  const auto issuedAt = spec.issuedAt.value_or(std::chrono::system_clock::now());
  const auto second = std::chrono::floor<seconds>(issuedAt.time_since_epoch());
  claims.set("exp", Json((second + spec.lifetime).count()));
  claims.set("iat", Json(second.count()));
  claims.set("nbf", Json((second - seconds(10)).count()));
}

void setOrganization(JsonMembers& claims, const SessionTokenSpec& spec) {
  if (!spec.organization) return;
  if (spec.version == 1) {
    setOrganizationV1(claims, *spec.organization);
  } else {
    setOrganizationV2(claims, *spec.organization);
  }
}

void setActor(JsonMembers& claims, const SessionTokenSpec& spec, const std::string& issuer) {
  if (!spec.actor) return;
  JsonMembers actor;
  actor.set("iss", Json(issuer));
  actor.setUnlessEmpty("sub", spec.actor->userId);
  actor.setUnlessEmpty("sid", spec.actor->sessionId);
  actor.setUnlessEmpty("type", spec.actor->type);
  claims.set("act", Json::parse(actor.text()));
}

std::string payloadOf(const SessionTokenSpec& spec, const std::string& issuer) {
  JsonMembers claims;
  claims.setUnlessEmpty("azp", spec.authorizedParty);
  setTimes(claims, spec);
  claims.set("fva", Json::array({0, -1}));
  claims.set("iss", Json(issuer));
  setOrganization(claims, spec);
  setActor(claims, spec, issuer);
  claims.setUnlessEmpty("sid", spec.sessionId);
  claims.setUnlessEmpty("sts", spec.status);
  claims.setUnlessEmpty("sub", spec.userId);
  if (spec.version == 2) claims.set("v", Json(2));
  for (const auto& [name, value] : spec.claims) claims.set(name, value);
  return claims.text();
}

}  // namespace

struct ClerkIssuer::State {
  std::string frontendApi;
  std::string issuer;
  std::string keyId;
  RsaSigner signer;
};

ClerkIssuer::ClerkIssuer(std::string frontendApi, std::string keyId) {
  const std::string issuer = "https://" + frontendApi;
  state_ = std::make_shared<const State>(State{std::move(frontendApi), issuer, std::move(keyId), {}});
}

const std::string& ClerkIssuer::issuer() const noexcept { return state_->issuer; }

const std::string& ClerkIssuer::keyId() const noexcept { return state_->keyId; }

std::string ClerkIssuer::publishableKey() const {
  const std::string& host = state_->frontendApi;
  std::string body = encodeBase64Url(host + "$");
  for (char& c : body) c = c == '-' ? '+' : c == '_' ? '/' : c;
  return (isDevelopmentHost(host) ? "pk_test_" : "pk_live_") + body;
}

std::string ClerkIssuer::publicKeyPem() const { return state_->signer.publicPem(); }

std::string ClerkIssuer::jwks() const {
  const Json key = Json::object({{"use", "sig"},
                                 {"kty", "RSA"},
                                 {"kid", state_->keyId},
                                 {"alg", "RS256"},
                                 {"n", state_->signer.modulus()},
                                 {"e", state_->signer.exponent()}});
  return Json::object({{"keys", Json::array({key})}}).text();
}

std::string ClerkIssuer::sessionToken(const SessionTokenSpec& spec) const {
  if (spec.version != 1 && spec.version != 2) throw std::invalid_argument("the version of a token must be 1 or 2");
  JsonMembers header;
  header.set("alg", Json("RS256"));
  header.set("cat", Json(sessionCategory));
  header.set("kid", Json(state_->keyId));
  header.set("typ", Json("JWT"));
  for (const auto& [name, value] : spec.header) header.set(name, value);
  return sign(header.text(), payloadOf(spec, state_->issuer));
}

std::string ClerkIssuer::sign(std::string_view header, std::string_view payload) const {
  const std::string signedText = encodeBase64Url(header) + "." + encodeBase64Url(payload);
  return signedText + "." + encodeBase64Url(state_->signer.sign(signedText));
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
