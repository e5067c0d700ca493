/// Verifiers with a cache of verified tokens, and the same ones without it.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/clerk/session_verifier.hpp>

#include "verifier_fixture.hpp"

namespace liveblocks_tests {

using Claims = liveblocks::Result<liveblocks::clerk::SessionClaims>;

/// Whether both are the same object, so that one of them was not verified anew.
inline bool areShared(const Claims& first, const Claims& second) {
  return first && second && &first->payload() == &second->payload();
}

/// The outcome of a verification, to compare two of them.
inline std::string textOf(const Claims& claims) {
  if (claims) return claims->payload();
  return std::to_string(static_cast<int>(claims.error().code)) + ' ' + claims.error().message;
}

struct TokenCacheFixture : VerifierFixture {
  TokenCacheFixture() { options.tokenCache.capacity = 100; }

  std::string token() const { return issuer().sessionToken(spec); }

  /// The token of another user.
  std::string tokenOf(int user) const {
    liveblocks::testing::SessionTokenSpec other = spec;
    other.userId = "user_" + std::to_string(user);
    return issuer().sessionToken(other);
  }

  liveblocks::clerk::SessionVerifier verifierWithoutCache() const {
    liveblocks::clerk::SessionVerifierOptions result = options;
    result.tokenCache = {};
    return liveblocks::clerk::SessionVerifier(liveblocks::clerk::KeySource::pem(issuer().publicKeyPem()), result);
  }
};

}  // namespace liveblocks_tests
