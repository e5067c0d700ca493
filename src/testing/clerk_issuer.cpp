#include <liveblocks/testing/clerk_issuer.hpp>

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "testing/rsa_signer.hpp"
#include "testing/token_texts.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

/// Hosts that Clerk gives to development instances, and, but for the one excepted, to its own tests.
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
    const std::string signedText = encodeBase64Url(text.header) + "." + encodeBase64Url(text.payload);
    return signedText + "." + encodeBase64Url(signer.sign(signedText));
  }
};

ClerkIssuer::ClerkIssuer(std::string frontendApi, std::string keyId) {
  const std::string issuer = "https://" + frontendApi;
  state_ = std::make_shared<const State>(State{std::move(frontendApi), {issuer, std::move(keyId)}, {}});
}

const std::string& ClerkIssuer::issuer() const noexcept { return state_->instance.issuer; }

const std::string& ClerkIssuer::keyId() const noexcept { return state_->instance.keyId; }

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
