#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <cstddef>
#include <optional>
#include <string>

#include "catch.hpp"
#include "failing_allocation.hpp"
#include "out_of_memory.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::FailingAllocation;
using Claims = lb::Result<clerk::SessionClaims>;

namespace {

const lb::testing::ClerkIssuer& issuer() {
  static const lb::testing::ClerkIssuer made;
  return made;
}

std::string tokenOf(const std::string& user) {
  lb::testing::SessionTokenSpec spec;
  spec.userId = user;
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {}};
  return issuer().sessionToken(spec);
}

clerk::SessionVerifier makeVerifier(std::size_t capacity) {
  clerk::SessionVerifierOptions options;
  options.tokenCache.capacity = capacity;
  return clerk::SessionVerifier(clerk::KeySource::pem(issuer().publicKeyPem()), options);
}

bool areShared(const Claims& first, const Claims& second) {
  return first && second && &first->payload() == &second->payload();
}

/// Verifies without memory at that allocation; nullopt if so many are not made.
std::optional<Claims> verifyWithout(const clerk::SessionVerifier& verifier, const std::string& token,
                                    std::size_t number, FailingAllocation::Want want) {
  const FailingAllocation failing(number, want);
  Claims claims = verifier.verify(token);
  if (!FailingAllocation::hasHappened()) return std::nullopt;
  return claims;
}

}  // namespace

TEST_CASE("a token for which there is no memory leaves the cache as it was") {
  const auto want = GENERATE(FailingAllocation::Want::brief, FailingAllocation::Want::lasting);
  const std::string first = tokenOf("user_1");
  const std::string second = tokenOf("user_2");
  bool wasAccepted = false;
  for (std::size_t number = 0;; ++number) {
    CAPTURE(number);
    // There is room for one more, or the first one has to go.
    const std::size_t capacity = 1 + number % 2;
    const clerk::SessionVerifier verifier = makeVerifier(capacity);
    const Claims known = verifier.verify(first);
    const auto outcome = verifyWithout(verifier, second, number / 2, want);
    if (!outcome) break;
    if (!*outcome) CHECK(outcome->error().code == lb::Errc::internal);
    // What could not be cached is accepted all the same.
    wasAccepted = wasAccepted || *outcome;
    CHECK(areShared(known, verifier.verify(first)));
    const Claims again = verifier.verify(second);
    REQUIRE(again);
    CHECK(again->userId() == "user_2");
  }
  CHECK(wasAccepted);
}

TEST_CASE("a verifier with a cache that runs out of memory goes on") {
  const std::string token = tokenOf("user_1");
  liveblocks_tests::runOutOfMemory([&] {
    return [&token, verifier = makeVerifier(2)] {
      static_cast<void>(verifier.verify(token));
      static_cast<void>(verifier.verify(token));
    };
  });
}
