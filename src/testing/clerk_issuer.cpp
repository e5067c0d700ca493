#include <liveblocks/testing/clerk_issuer.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/base64.hpp"
#include "core/text.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

/// The header and the payload to sign.
struct TokenText {
  std::string header;
  std::string payload;
};

/// The key and the id that sign it.
struct Instance {
  std::string issuer;
  std::string keyId;
};

using std::chrono::seconds;

constexpr const char* sessionCategory = "cl_B7d4PD111AAA";
constexpr const char* templateCategory = "cl_B7d4PD222AAA";
constexpr const char* machineCategory = "cl_B7d4PD333AAA";
constexpr const char* noCategory = "";

constexpr const char* jwt = "JWT";
constexpr const char* accessToken = "at+jwt";

JsonMembers headerOf(const char* category, const char* type, const Instance& instance) {
  JsonMembers header;
  header.set("alg", Json("RS256"));
  header.setUnlessEmpty("cat", category);
  header.set("kid", Json(instance.keyId));
  header.set("typ", Json(type));
  return header;
}

/// Header and payload after the changes of the spec.
template <class Spec>
TokenText text(const Spec& spec, JsonMembers header, JsonMembers claims) {
  header.setAll(spec.header);
  claims.setAll(spec.claims);
  return {header.text(), claims.text()};
}

template <class Spec>
void setTimes(JsonMembers& claims, const Spec& spec) {
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

std::string separatedBySpaces(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// Throws `std::invalid_argument` for a version or a permission that cannot be encoded.
TokenText sessionText(const SessionTokenSpec& spec, const Instance& instance) {
  if (spec.version != 1 && spec.version != 2) throw std::invalid_argument("the version of a token must be 1 or 2");
  JsonMembers claims;
  claims.setUnlessEmpty("azp", spec.authorizedParty);
  setTimes(claims, spec);
  claims.set("fva", Json::array({0, -1}));
  claims.set("iss", Json(instance.issuer));
  setOrganization(claims, spec);
  setActor(claims, spec, instance.issuer);
  claims.setUnlessEmpty("sid", spec.sessionId);
  claims.setUnlessEmpty("sts", spec.status);
  claims.setUnlessEmpty("sub", spec.userId);
  if (spec.version == 2) claims.set("v", Json(2));
  return text(spec, headerOf(sessionCategory, jwt, instance), std::move(claims));
}

TokenText templateText(const TemplateTokenSpec& spec, const Instance& instance) {
  JsonMembers claims;
  claims.setUnlessEmpty("azp", spec.authorizedParty);
  setTimes(claims, spec);
  claims.set("iss", Json(instance.issuer));
  claims.setUnlessEmpty("jti", spec.id);
  claims.setUnlessEmpty("sub", spec.userId);
  return text(spec, headerOf(templateCategory, jwt, instance), std::move(claims));
}

TokenText m2mText(const M2mTokenSpec& spec, const Instance& instance) {
  JsonMembers claims;
  if (!spec.scopes.empty()) claims.set("aud", jsonArray(spec.scopes));
  setTimes(claims, spec);
  claims.set("iss", Json(instance.issuer));
  claims.setUnlessEmpty("jti", spec.id);
  claims.setUnlessEmpty("scopes", separatedBySpaces(spec.scopes));
  claims.setUnlessEmpty("sub", spec.machineId);
  return text(spec, headerOf(machineCategory, jwt, instance), std::move(claims));
}

TokenText oauthText(const OauthTokenSpec& spec, const Instance& instance) {
  JsonMembers claims;
  claims.set("act", actorsJson(spec.actors));
  claims.setUnlessEmpty("client_id", spec.clientId);
  setTimes(claims, spec);
  claims.set("iss", Json(instance.issuer));
  claims.setUnlessEmpty("jti", spec.id);
  claims.setUnlessEmpty("scope", separatedBySpaces(spec.scopes));
  claims.setUnlessEmpty("sub", spec.userId);
  return text(spec, headerOf(noCategory, accessToken, instance), std::move(claims));
}

TokenText handshakeText(const std::vector<std::string>& directives, const Instance& instance) {
  JsonMembers claims;
  claims.set("handshake", jsonArray(directives));
  return {headerOf(sessionCategory, jwt, instance).text(), claims.text()};
}

/// Hosts of Clerk's development instances and, except for one, of its own tests.
bool isDevelopmentHost(std::string_view host) {
  if (ascii::endsWith(host, ".prod.lclclerk.com")) return false;
  constexpr std::array<std::string_view, 4> ends{".accounts.dev", ".lcl.dev", ".lclstage.dev", ".lclclerk.com"};
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return ascii::endsWith(host, end); });
}

}  // namespace

struct ClerkIssuer::State {
  std::string frontendApi;
  Instance instance;
  RsaSigner signer;

  std::string sign(const TokenText& text) const {
    const std::string signedText = base64url::encode(text.header) + "." + base64url::encode(text.payload);
    return signedText + "." + base64url::encode(signer.sign(signedText));
  }
};

ClerkIssuer::ClerkIssuer(std::string frontendApi, std::string keyId) {
  const std::string issuer = "https://" + frontendApi;
  // cppcheck-suppress useInitializationList ; the host is needed twice
  state_ = std::make_shared<const State>(State{std::move(frontendApi), {issuer, std::move(keyId)}, {}});
}

const std::string& ClerkIssuer::issuer() const noexcept { return state_->instance.issuer; }

const std::string& ClerkIssuer::keyId() const noexcept { return state_->instance.keyId; }

std::string ClerkIssuer::publishableKey() const {
  const std::string& host = state_->frontendApi;
  std::string body = base64::encode(host + "$");
  body.erase(body.find_last_not_of('=') + 1);
  return (isDevelopmentHost(host) ? "pk_test_" : "pk_live_") + body;
}

std::string ClerkIssuer::publicKeyPem() const { return state_->signer.publicPem(); }

std::string ClerkIssuer::jwks() const {
  const Json key = Json::object({{"use", "sig"},
                                 {"kty", "RSA"},
                                 {"kid", state_->instance.keyId},
                                 {"alg", "RS256"},
                                 {"n", state_->signer.modulus()},
                                 {"e", state_->signer.exponent()}});
  return Json::object({{"keys", Json::array({key})}}).text();
}

std::string ClerkIssuer::sessionToken(const SessionTokenSpec& spec) const {
  return state_->sign(sessionText(spec, state_->instance));
}

std::string ClerkIssuer::templateToken(const TemplateTokenSpec& spec) const {
  return state_->sign(templateText(spec, state_->instance));
}

std::string ClerkIssuer::m2mToken(const M2mTokenSpec& spec) const {
  return state_->sign(m2mText(spec, state_->instance));
}

std::string ClerkIssuer::oauthToken(const OauthTokenSpec& spec) const {
  return state_->sign(oauthText(spec, state_->instance));
}

std::string ClerkIssuer::handshakeToken(const std::vector<std::string>& directives) const {
  return state_->sign(handshakeText(directives, state_->instance));
}

std::string ClerkIssuer::sign(std::string_view header, std::string_view payload) const {
  return state_->sign({std::string(header), std::string(payload)});
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
