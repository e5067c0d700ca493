#include "known_tokens.hpp"

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include "catch.hpp"

using namespace liveblocks;
using clerk::KeySource;
using clerk::SessionVerifier;
using clerk::SessionVerifierOptions;

namespace {

std::shared_ptr<const Clock> clockAtMinting() {
  return std::make_shared<testing::ManualClock>(
      std::chrono::system_clock::time_point(std::chrono::seconds(known_tokens::mintedAt)));
}

SessionVerifier makeVerifier(std::chrono::seconds skew = std::chrono::seconds(5), bool acceptPending = false) {
  SessionVerifierOptions options;
  options.clock = clockAtMinting();
  options.clockSkew = skew;
  options.treatPendingAsSignedOut = !acceptPending;
  options.issuer = "https://clerk.example.com";
  return SessionVerifier(KeySource::pem(known_tokens::publicKeyPem), options);
}

}  // namespace

TEST_CASE("known good tokens are accepted with any kind of local key") {
  const auto token =
      GENERATE(known_tokens::version1, known_tokens::version2WithOrganization, known_tokens::version1WithOrganization);
  SessionVerifierOptions options;
  options.clock = clockAtMinting();
  for (const KeySource& source : {KeySource::pem(known_tokens::publicKeyPem), KeySource::jwks(known_tokens::jwks)}) {
    const auto claims = SessionVerifier(source, options).verifyLocally(token);
    REQUIRE(claims);
    CHECK(claims->userId() == "user_1");
    CHECK(claims->sessionId() == "sess_1");
    CHECK(claims->issuer() == "https://clerk.example.com");
  }
}

TEST_CASE("known bad tokens are refused for their own reason") {
  const auto [token, code] = GENERATE(table<std::string_view, Errc>({
      {known_tokens::expired, Errc::expired},
      {known_tokens::unsignedToken, Errc::unsupportedAlgorithm},
      {known_tokens::ofTemplate, Errc::wrongCategory},
      {known_tokens::ofMachine, Errc::wrongCategory},
      {known_tokens::pending, Errc::inactiveSession},
      {known_tokens::withoutSubject, Errc::badClaim},
      {known_tokens::signedByAnother, Errc::badSignature},
      {known_tokens::accessToken, Errc::wrongType},
      {known_tokens::critical, Errc::criticalHeader},
      {known_tokens::duplicateSubject, Errc::badJson},
      {known_tokens::neverExpiring, Errc::badClaim},
      {known_tokens::notYetValid, Errc::notYetValid},
  }));
  const auto claims = makeVerifier().verify(token);
  REQUIRE_FALSE(claims);
  CHECK(claims.error().code == code);
  CHECK(claims.error().kind() == ErrorKind::unauthenticated);
}

TEST_CASE("the clock skew widens both ends of a known token's life") {
  CHECK(makeVerifier(std::chrono::seconds(11)).verify(known_tokens::expired));
  CHECK_FALSE(makeVerifier(std::chrono::seconds(10)).verify(known_tokens::expired));
  CHECK(makeVerifier(std::chrono::seconds(60)).verify(known_tokens::notYetValid));
  CHECK_FALSE(makeVerifier(std::chrono::seconds(59)).verify(known_tokens::notYetValid));
}

TEST_CASE("a known pending session is accepted on request, and says so") {
  const auto claims = makeVerifier(std::chrono::seconds(5), true).verify(known_tokens::pending);
  REQUIRE(claims);
  CHECK(claims->status() == clerk::SessionStatus::pending);
}

TEST_CASE("the organization of known tokens is decoded") {
  const auto claims = makeVerifier().verify(known_tokens::version2WithOrganization);
  REQUIRE(claims);
  REQUIRE(claims->organization());
  CHECK(claims->organization()->id == "org_1");
  CHECK(claims->organization()->slug == "acme");
  CHECK(claims->organization()->role == "org:admin");
  CHECK(claims->organization()->permissions ==
        std::vector<std::string>{"org:dashboard:manage", "org:dashboard:read", "org:teams:read"});
  CHECK(claims->factorVerificationAge() == std::make_pair(std::int64_t{5}, std::int64_t{-1}));
  CHECK(claims->plans() == "o:pro");
  CHECK(claims->features() == "o:dashboard,u:avatar,uo:teams");

  const auto version1 = makeVerifier().verify(known_tokens::version1WithOrganization);
  REQUIRE(version1);
  REQUIRE(version1->organization());
  CHECK(version1->organization()->id == "org_1");
  CHECK(version1->organization()->permissions == std::vector<std::string>{"org:dashboard:read"});
}
