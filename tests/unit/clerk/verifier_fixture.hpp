/// A Clerk instance of the test's own, a verifier for it, and a clock that stands still.
#pragma once

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <memory>
#include <optional>
#include <string>

namespace liveblocks_tests {

struct VerifierFixture {
  using Claim = std::optional<liveblocks::Json>;

  static constexpr long long now = 1735689600;

  static const liveblocks::testing::ClerkIssuer& issuer() {
    static const liveblocks::testing::ClerkIssuer instance;
    return instance;
  }

  std::shared_ptr<liveblocks::testing::ManualClock> clock =
      std::make_shared<liveblocks::testing::ManualClock>(at(now * 1000));
  liveblocks::clerk::SessionVerifierOptions options = defaults(clock);
  liveblocks::testing::SessionTokenSpec spec = tokenAtNow();

  static std::chrono::system_clock::time_point at(long long milliseconds) {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
  }

  liveblocks::clerk::SessionVerifier verifier() const {
    return liveblocks::clerk::SessionVerifier(liveblocks::clerk::KeySource::pem(issuer().publicKeyPem()), options);
  }

  liveblocks::Result<liveblocks::clerk::SessionClaims> verify() const {
    return verifier().verify(issuer().sessionToken(spec));
  }

  /// What verifying the token ends with; zero when it is accepted.
  liveblocks::Errc outcome() const { return codeOf(verify()); }

  liveblocks::Errc outcomeWith(const std::string& claim, Claim value) {
    spec.claims = {{claim, std::move(value)}};
    return outcome();
  }

  static liveblocks::Errc codeOf(const liveblocks::Result<liveblocks::clerk::SessionClaims>& claims) {
    return claims ? liveblocks::Errc{} : claims.error().code;
  }

 private:
  static liveblocks::clerk::SessionVerifierOptions defaults(std::shared_ptr<const liveblocks::Clock> clock) {
    liveblocks::clerk::SessionVerifierOptions result;
    result.issuer = issuer().issuer();
    result.clock = std::move(clock);
    return result;
  }

  static liveblocks::testing::SessionTokenSpec tokenAtNow() {
    liveblocks::testing::SessionTokenSpec result;
    result.authorizedParty = "https://app.example.com";
    result.issuedAt = at(now * 1000);
    return result;
  }
};

}  // namespace liveblocks_tests
