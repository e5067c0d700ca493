/// A valid and a forged session token, and what verifying one comes to.
#pragma once

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <chrono>
#include <string>

#include "catch.hpp"
#include "verdict.hpp"

namespace liveblocks_tests {

inline const liveblocks::testing::ClerkIssuer& issuer() {
  static const liveblocks::testing::ClerkIssuer made;
  return made;
}

/// Valid for an hour.
inline std::string tokenOf(const liveblocks::testing::ClerkIssuer& issuer) {
  liveblocks::testing::SessionTokenSpec spec;
  spec.lifetime = std::chrono::hours(1);
  return issuer.sessionToken(spec);
}

inline std::string validToken() { return tokenOf(issuer()); }

/// Names the issuer and its key, but somebody else has signed it.
inline std::string forgedToken() {
  static const liveblocks::testing::ClerkIssuer stranger;
  return tokenOf(stranger);
}

/// A token, and what is to come of it.
struct Credential {
  std::string token;
  Verdict expected;
};

inline Credential validOrForged() {
  return GENERATE(true, false) ? Credential{validToken(), Verdict::accepted}
                               : Credential{forgedToken(), Verdict::refused};
}

template <class T>
Verdict verdictOn(const liveblocks::Result<T>& result) {
  if (result) return Verdict::accepted;
  return result.error().kind() == liveblocks::ErrorKind::unavailable ? Verdict::failed : Verdict::refused;
}

}  // namespace liveblocks_tests
