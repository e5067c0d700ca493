#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <algorithm>
#include <chrono>

#include "fuzz_target.hpp"

using namespace liveblocks;

namespace {

const testing::ClerkIssuer& issuer() {
  static const testing::ClerkIssuer instance;
  return instance;
}

/// Tokens that are signed, the good ones first.
const std::vector<std::string>& signedTokens() {
  static const std::vector<std::string> tokens = [] {
    testing::SessionTokenSpec spec;
    spec.lifetime = std::chrono::hours(24);
    std::vector<std::string> result{issuer().sessionToken(spec)};
    spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {"org:a:read", "org:b:write"}};
    spec.claims = {{"text", Json("\xC3\xA9\n\"")}, {"deep", Json::parse(R"([[[{"a":[1.5,true,null]}]]])")}};
    result.push_back(issuer().sessionToken(spec));
    spec.header = {{"alg", Json("none")}};
    result.push_back(issuer().sessionToken(spec));
    spec.header = {};
    spec.claims = {{"sub", Json(1)}};
    result.push_back(issuer().sessionToken(spec));
    return result;
  }();
  return tokens;
}

/// A verifier that has the good tokens in its cache.
clerk::SessionVerifier makeCachingVerifier() {
  clerk::SessionVerifierOptions options;
  options.tokenCache.capacity = 10;
  options.tokenCache.maxAge = std::chrono::hours(24);
  clerk::SessionVerifier verifier(clerk::KeySource::pem(issuer().publicKeyPem()), options);
  for (const std::string& token : signedTokens()) static_cast<void>(verifier.verifyLocally(token));
  return verifier;
}

}  // namespace

std::vector<std::string> fuzzing::seeds() { return signedTokens(); }

/// Nothing is accepted but a good token as it was signed, neither with nor without a cache.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const clerk::SessionVerifier verifier(clerk::KeySource::pem(issuer().publicKeyPem()));
  const std::string token(reinterpret_cast<const char*>(data), size);
  const auto& tokens = signedTokens();
  const bool good = token == tokens[0] || token == tokens[1];
  fuzzing::require(static_cast<bool>(verifier.verifyLocally(token)) == good);
  static const clerk::SessionVerifier cachingVerifier = makeCachingVerifier();
  fuzzing::require(static_cast<bool>(cachingVerifier.verifyLocally(token)) == good);
  return 0;
}
