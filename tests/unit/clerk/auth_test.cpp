#include <liveblocks/clerk/auth.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "verifier_fixture.hpp"

using namespace liveblocks;
using clerk::Auth;
using clerk::Requirement;
using clerk::SessionStatus;
using liveblocks_tests::VerifierFixture;

TEST_CASE_METHOD(VerifierFixture, "an auth object tells what the session says") {
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {"org:teams:read"}};
  spec.actor = clerk::Actor{"user_2", "sess_2", ""};
  const auto claims = verify();
  REQUIRE(claims);
  const Auth auth(*claims);
  CHECK(auth.isAuthenticated());
  CHECK(auth.userId() == "user_1");
  CHECK(auth.sessionId() == "sess_1");
  CHECK(auth.sessionStatus() == SessionStatus::active);
  CHECK(auth.orgId() == "org_1");
  CHECK(auth.orgRole() == "org:admin");
  CHECK(auth.orgSlug() == "acme");
  CHECK(auth.orgPermissions() == std::vector<std::string>{"org:teams:read"});
  REQUIRE(auth.actor());
  CHECK(auth.actor()->userId == "user_2");
  CHECK(auth.factorVerificationAge() == std::pair<std::int64_t, std::int64_t>(0, -1));
  REQUIRE(auth.sessionClaims());
  CHECK(auth.sessionClaims()->payload() == claims->payload());
}

TEST_CASE("signed out, all members are empty") {
  const Auth auth;
  CHECK_FALSE(auth.isAuthenticated());
  CHECK(auth.userId().empty());
  CHECK(auth.sessionId().empty());
  CHECK_FALSE(auth.sessionStatus());
  CHECK(auth.orgId().empty());
  CHECK(auth.orgRole().empty());
  CHECK(auth.orgSlug().empty());
  CHECK(auth.orgPermissions().empty());
  CHECK_FALSE(auth.actor());
  CHECK_FALSE(auth.factorVerificationAge());
  CHECK_FALSE(auth.sessionClaims());
}

TEST_CASE_METHOD(VerifierFixture, "an organization that is not there is empty") {
  const auto claims = verify();
  REQUIRE(claims);
  const Auth auth(*claims);
  CHECK(auth.isAuthenticated());
  CHECK(auth.orgId().empty());
  CHECK(auth.orgRole().empty());
  CHECK(auth.orgPermissions().empty());
}

TEST_CASE_METHOD(VerifierFixture, "the status is what the token says") {
  const auto [claim, expected] = GENERATE(table<std::optional<Json>, std::optional<SessionStatus>>({
      {Json("active"), SessionStatus::active},
      {Json("pending"), SessionStatus::pending},
      {std::nullopt, std::nullopt},
  }));
  options.treatPendingAsSignedOut = false;
  spec.claims = {{"sts", claim}};
  const auto claims = verify();
  REQUIRE(claims);
  CHECK(Auth(*claims, false).sessionStatus() == expected);
  CHECK(Auth(*claims, false).isAuthenticated());
}

TEST_CASE_METHOD(VerifierFixture, "a pending session counts as signed out unless it is accepted") {
  options.treatPendingAsSignedOut = false;
  spec.status = "pending";
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {}};
  const auto claims = verify();
  REQUIRE(claims);

  const Auth nobody(*claims);
  CHECK_FALSE(nobody.isAuthenticated());
  CHECK(nobody.sessionStatus() == SessionStatus::pending);
  CHECK(nobody.userId().empty());
  CHECK(nobody.orgId().empty());
  CHECK_FALSE(nobody.sessionClaims());
  CHECK_FALSE(nobody.has(Requirement().role("admin")));

  const Auth somebody(*claims, false);
  CHECK(somebody.userId() == "user_1");
  CHECK(somebody.has(Requirement().role("admin")));
}
