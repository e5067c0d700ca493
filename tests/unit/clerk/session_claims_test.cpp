#include <string>

#include "catch.hpp"
#include "verifier_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::VerifierFixture;

namespace {

const std::string sessionHeader = R"({"alg":"RS256","typ":"JWT"})";

std::string payloadWith(const std::string& more) {
  return R"({"iss":"https://clerk.example.com","sub":"user_1","sid":"sess_1","exp":1735689660)" + more + "}";
}

}  // namespace

TEST_CASE_METHOD(VerifierFixture, "claims say who, where and how long") {
  spec.actor = clerk::Actor{"user_2", "sess_2", "agent"};
  const auto claims = verify();
  REQUIRE(claims);
  CHECK(claims->userId() == "user_1");
  CHECK(claims->sessionId() == "sess_1");
  CHECK(claims->issuer() == "https://clerk.example.com");
  CHECK(claims->authorizedParty() == "https://app.example.com");
  CHECK(claims->status() == clerk::SessionStatus::active);
  CHECK(claims->expiresAt() == at((now + 60) * 1000));
  CHECK(claims->issuedAt() == at(now * 1000));
  CHECK_FALSE(claims->organization());
  REQUIRE(claims->actor());
  CHECK(claims->actor()->userId == "user_2");
  CHECK(claims->actor()->sessionId == "sess_2");
  CHECK(claims->actor()->type == "agent");
}

TEST_CASE_METHOD(VerifierFixture, "what a token leaves out is absent") {
  const auto claims = verifier().verify(issuer().sign(sessionHeader, payloadWith("")));
  REQUIRE(claims);
  CHECK(claims->authorizedParty().empty());
  CHECK_FALSE(claims->issuedAt());
  CHECK_FALSE(claims->actor());
  CHECK_FALSE(claims->organization());
  CHECK_FALSE(claims->factorVerificationAge());
  CHECK(claims->plans().empty());
  CHECK(claims->features().empty());
}

TEST_CASE_METHOD(VerifierFixture, "times that the clock cannot hold become its last moment") {
  spec.claims = {{"exp", Json(8640000000000)}, {"iat", Json(-8640000000000)}};
  const auto claims = verify();
  REQUIRE(claims);
  CHECK(claims->expiresAt() == std::chrono::system_clock::time_point::max());
  CHECK(claims->issuedAt() == std::chrono::system_clock::time_point::min());
}

TEST_CASE_METHOD(VerifierFixture, "the factor ages are two integers or nothing") {
  const auto [text, known] = GENERATE(table<std::string, bool>({{"[0,-1]", true},
                                                                {"[0]", false},
                                                                {"[0,1,2]", false},
                                                                {R"(["0",1])", false},
                                                                {"[0.5,1]", false},
                                                                {"{}", false},
                                                                {"5", false}}));
  CAPTURE(text);
  spec.claims = {{"fva", Json::parse(text)}};
  const auto claims = verify();
  REQUIRE(claims);
  CHECK(claims->factorVerificationAge().has_value() == known);
}

TEST_CASE_METHOD(VerifierFixture, "custom claims are read by name and type") {
  const std::string payload = payloadWith(
      R"( , "text" : "a\u00e9\n", "level":3, "big":9223372036854775808, "half":0.50, "pro":true,
        "nested":{"a":[1,2]}, "nothing":null, "a\"b":"quoted")");
  const auto claims = verifier().verify(issuer().sign(sessionHeader, payload));
  REQUIRE(claims);
  CHECK(claims->stringClaim("text") == "a\xC3\xA9\n");
  CHECK(claims->stringClaim("sub") == "user_1");
  CHECK(claims->stringClaim("a\"b") == "quoted");
  CHECK(claims->integerClaim("level") == 3);
  CHECK(claims->boolClaim("pro") == true);
  CHECK(claims->jsonClaim("nested")->text() == R"({"a":[1,2]})");
  CHECK(claims->jsonClaim("half")->text() == "0.50");
  CHECK(claims->jsonClaim("big")->text() == "9223372036854775808");
  CHECK(claims->jsonClaim("nothing")->isNull());
  CHECK(claims->payload() == payload);

  CHECK_FALSE(claims->stringClaim("level"));
  CHECK_FALSE(claims->integerClaim("text"));
  CHECK_FALSE(claims->integerClaim("half"));
  CHECK_FALSE(claims->integerClaim("big"));
  CHECK_FALSE(claims->boolClaim("level"));
  CHECK_FALSE(claims->stringClaim("absent"));
  CHECK_FALSE(claims->jsonClaim("absent"));
  CHECK_FALSE(claims->jsonClaim("a"));
}

TEST_CASE_METHOD(VerifierFixture, "only the number 2 as version selects the claims of version 2") {
  const std::string organizations = R"(,"o":{"id":"org_2"},"org_id":"org_1","v":)";
  const auto [version, id] = GENERATE(table<std::string, std::string>(
      {{"2", "org_2"}, {"1", "org_1"}, {"3", "org_1"}, {R"("2")", "org_1"}, {"null", "org_1"}}));
  CAPTURE(version);
  const auto claims = verifier().verify(issuer().sign(sessionHeader, payloadWith(organizations + version)));
  REQUIRE(claims);
  REQUIRE(claims->organization());
  CHECK(claims->organization()->id == id);
}

TEST_CASE_METHOD(VerifierFixture, "claims outlive the verifier and can be copied") {
  std::optional<clerk::SessionClaims> copy;
  {
    const auto claims = verify();
    REQUIRE(claims);
    copy = *claims;
  }
  CHECK(copy->userId() == "user_1");
  CHECK(copy->stringClaim("sid") == "sess_1");
}
