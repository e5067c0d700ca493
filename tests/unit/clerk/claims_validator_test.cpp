#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "verifier_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::VerifierFixture;

namespace {

constexpr Errc accepted{};

Json json(const std::string& text) { return Json::parse(text); }

}  // namespace

TEST_CASE_METHOD(VerifierFixture, "claims are validated by their type and value") {
  const auto [claim, value, code] = GENERATE(table<std::string, std::string, Errc>({
      {"sub", "", Errc::badClaim},
      {"sub", "null", Errc::badClaim},
      {"sub", "1", Errc::badClaim},
      {"sub", "true", Errc::badClaim},
      {"sub", "{}", Errc::badClaim},
      {"sub", "[]", Errc::badClaim},
      {"sub", R"("")", Errc::badClaim},
      {"sub", R"("user_1\u0000")", Errc::badClaim},
      {"sub", R"("user\n1")", Errc::badClaim},
      {"sub", R"("user_\u00e9")", accepted},
      {"sid", "", Errc::badClaim},
      {"sid", "5", Errc::badClaim},
      {"sid", R"("")", Errc::badClaim},
      {"sid", R"("sess_1\n")", Errc::badClaim},
      {"o", R"({"id":"org_1"})", accepted},
      {"o", R"({"id":"org_1\u0000"})", Errc::badClaim},
      {"o", R"({"id":"org_1","slg":"a\nb"})", Errc::badClaim},
      {"o", R"({"id":"org_1","rol":"a\u007f"})", Errc::badClaim},
      {"iss", "", Errc::wrongIssuer},
      {"iss", "1", Errc::wrongIssuer},
      {"iss", R"("https://clerk.example.org")", Errc::wrongIssuer},
      {"iss", R"("https://clerk.example.com/")", Errc::wrongIssuer},
      {"iss", R"("https://clerk.example.com.evil.test")", Errc::wrongIssuer},
      {"iss", R"("HTTPS://clerk.example.com")", Errc::wrongIssuer},
      {"exp", "", Errc::badClaim},
      {"exp", "null", Errc::badClaim},
      {"exp", R"("1735689660")", Errc::badClaim},
      {"exp", "true", Errc::badClaim},
      {"exp", "{}", Errc::badClaim},
      {"exp", "[]", Errc::badClaim},
      {"exp", "0", Errc::expired},
      {"exp", "-1", Errc::expired},
      {"exp", "1735689660.0", Errc::badClaim},
      {"exp", "1.73568966e9", Errc::badClaim},
      {"exp", "10000000000", accepted},
      {"exp", "8640000000000", accepted},
      {"exp", "8640000000001", Errc::badClaim},
      {"exp", "9000000000000000", Errc::badClaim},
      {"exp", "18446744073709551615", Errc::badClaim},
      {"nbf", "", accepted},
      {"nbf", "0", accepted},
      {"nbf", "-5", accepted},
      {"nbf", "null", Errc::badClaim},
      {"nbf", R"("1")", Errc::badClaim},
      {"nbf", "true", Errc::badClaim},
      {"nbf", "9000000000000000", Errc::badClaim},
      {"iat", "", accepted},
      {"iat", "0", accepted},
      {"iat", "null", Errc::badClaim},
      {"iat", R"("1")", Errc::badClaim},
      {"iat", "true", Errc::badClaim},
      {"iat", "9000000000000000", Errc::badClaim},
      {"sts", "", accepted},
      {"sts", R"("active")", accepted},
      {"sts", R"("pending")", Errc::inactiveSession},
      {"sts", R"("revoked")", Errc::inactiveSession},
      {"sts", "5", Errc::inactiveSession},
      {"sts", "null", Errc::inactiveSession},
      {"v", R"("2")", accepted},
      {"v", "3", accepted},
      {"v", "null", accepted},
      {"act", "null", accepted},
      {"act", R"({"sub":"user_2"})", accepted},
      {"act", "{}", Errc::badClaim},
      {"act", "[]", Errc::badClaim},
      {"act", R"("user_2")", Errc::badClaim},
      {"act", R"({"sub":""})", Errc::badClaim},
      {"act", R"({"sub":"user_2","sid":1})", Errc::badClaim},
      {"azp", "5", accepted},
      {"aud", "5", accepted},
      {"__proto__", R"({"sub":"user_2"})", accepted},
      {"fea", R"("dashboard")", accepted},
  }));
  CAPTURE(claim, value);
  CHECK(outcomeWith(claim, value.empty() ? Claim() : Claim(json(value))) == code);
}

TEST_CASE_METHOD(VerifierFixture, "without an expected issuer the claim is not compared, but must be a string") {
  options.issuer = {};
  CHECK(outcomeWith("iss", Json("https://other.example")) == accepted);
  CHECK(outcomeWith("iss", std::nullopt) == accepted);
  CHECK(outcomeWith("iss", Json(1)) == Errc::badClaim);
}

TEST_CASE_METHOD(VerifierFixture, "malformed organization claims cost the token its trust") {
  const auto [features, organization, code] = GENERATE(table<std::string, std::string, Errc>({
      {R"("o:a")", R"({"id":"org_1","per":"r","fpm":"1"})", accepted},
      {R"("dashboard")", R"({"id":"org_1","per":"r","fpm":"1"})", Errc::badClaim},
      {R"("o:a,")", R"({"id":"org_1","per":"r","fpm":"1"})", Errc::badClaim},
      {R"("o:a")", R"({"id":"org_1","per":"r","fpm":1})", Errc::badClaim},
      {R"("o:a")", R"({"id":5})", Errc::badClaim},
      {R"("o:a")", R"("org_1")", Errc::badClaim},
      {"5", R"({"id":"org_1"})", Errc::badClaim},
      {R"("o:a")", "null", accepted},
  }));
  CAPTURE(features, organization);
  spec.claims = {{"fea", json(features)}, {"o", json(organization)}};
  CHECK(outcome() == code);
}

TEST_CASE_METHOD(VerifierFixture, "of several faults the first in Clerk's order is reported") {
  options.audience = {"a"};
  options.authorizedParties = {"https://app.example.com"};
  const std::vector<std::pair<std::string, Claim>> faults = {{"sub", Json(1)},
                                                             {"aud", Json("b")},
                                                             {"azp", Json("https://evil.test")},
                                                             {"iss", Json("https://other.example")},
                                                             {"exp", Json(now - 60)},
                                                             {"nbf", Json(now + 60)},
                                                             {"iat", Json(now + 60)},
                                                             {"sid", Json(1)},
                                                             {"sts", Json("revoked")}};
  std::vector<Errc> reported;
  for (auto fault = faults.begin(); fault != faults.end(); ++fault) {
    spec.claims = {{"aud", Json("a")}};
    spec.claims.insert(spec.claims.end(), fault, faults.end());
    reported.push_back(outcome());
  }
  CHECK(reported == std::vector<Errc>{Errc::badClaim, Errc::wrongAudience, Errc::unauthorizedParty, Errc::wrongIssuer,
                                      Errc::expired, Errc::notYetValid, Errc::issuedInFuture, Errc::badClaim,
                                      Errc::inactiveSession});
}

TEST_CASE_METHOD(VerifierFixture, "PR #8359: a token expires at exp plus skew, also without skew, to the millisecond") {
  const auto [skew, milliseconds, code] = GENERATE(table<int, long long, Errc>({
      {5000, 4999, accepted},
      {5000, 5000, Errc::expired},
      {0, -1, accepted},
      {0, 0, Errc::expired},
      {1500, 1499, accepted},
      {1500, 1500, Errc::expired},
      {300000, 299999, accepted},
      {300000, 300000, Errc::expired},
  }));
  options.clockSkew = std::chrono::milliseconds(skew);
  clock->setWall(at(now * 1000 + milliseconds));
  spec.issuedAt = at((now - 60) * 1000);
  CHECK(outcomeWith("exp", Json(now)) == code);
}

TEST_CASE_METHOD(VerifierFixture,
                 "PR #8359: a token is valid from nbf and iat minus skew, also without skew, to the millisecond") {
  const auto [skew, milliseconds, early] = GENERATE(table<int, long long, bool>({
      {5000, -5001, true},
      {5000, -5000, false},
      {1, -2, true},
      {1, -1, false},
      {0, -1, true},
      {0, 0, false},
  }));
  options.clockSkew = std::chrono::milliseconds(skew);
  clock->setWall(at(now * 1000 + milliseconds));
  spec.claims = {{"nbf", Json(now)}, {"iat", Json(now - 60)}};
  CHECK(outcome() == (early ? Errc::notYetValid : accepted));
  spec.claims = {{"nbf", std::nullopt}, {"iat", Json(now)}};
  CHECK(outcome() == (early ? Errc::issuedInFuture : accepted));
}

TEST_CASE_METHOD(VerifierFixture, "PR #8470: the audience, one or a list, is among those that are expected") {
  const auto [claim, code] = GENERATE(table<std::string, Errc>({
      {R"("a")", accepted},
      {R"(["a"])", accepted},
      {R"(["a","c"])", accepted},
      {R"("b")", accepted},
      {R"("c")", Errc::wrongAudience},
      {R"(["c","d"])", Errc::wrongAudience},
      {R"("A")", Errc::wrongAudience},
      {"", Errc::wrongAudience},
      {R"("")", Errc::wrongAudience},
      {"[]", Errc::wrongAudience},
      {R"([""])", Errc::wrongAudience},
      {"5", Errc::wrongAudience},
      {"{}", Errc::wrongAudience},
      {"true", Errc::wrongAudience},
      {"false", Errc::wrongAudience},
      {"0", Errc::wrongAudience},
      {"null", Errc::wrongAudience},
      {"[5]", Errc::wrongAudience},
      {R"(["a",5])", Errc::wrongAudience},
      {R"([null,"a"])", Errc::wrongAudience},
      {R"({"a":1})", Errc::wrongAudience},
  }));
  CAPTURE(claim);
  options.audience = {"a", "b"};
  CHECK(outcomeWith("aud", claim.empty() ? Claim() : Claim(json(claim))) == code);
}

TEST_CASE_METHOD(VerifierFixture, "the authorized party is one of the configured origins, exactly") {
  const auto [claim, code] = GENERATE(table<std::string, Errc>({
      {R"("https://a.test")", accepted},
      {R"("https://b.test:8443")", accepted},
      {R"("https://A.test")", Errc::unauthorizedParty},
      {R"("https://a.test/")", Errc::unauthorizedParty},
      {R"("https://a.test:443")", Errc::unauthorizedParty},
      {R"("http://a.test")", Errc::unauthorizedParty},
      {R"("https://a.test,https://b.test:8443")", Errc::unauthorizedParty},
      {R"("https://a.tes")", Errc::unauthorizedParty},
      {R"("")", Errc::unauthorizedParty},
      {"null", Errc::unauthorizedParty},
      {"5", Errc::unauthorizedParty},
      {R"(["https://a.test"])", Errc::unauthorizedParty},
      {"", Errc::unauthorizedParty},
  }));
  CAPTURE(claim);
  options.authorizedParties = {"https://a.test", "https://b.test:8443"};
  CHECK(outcomeWith("azp", claim.empty() ? Claim() : Claim(json(claim))) == code);
}

TEST_CASE_METHOD(VerifierFixture, "no control character gets through in the organization of either version") {
  spec.version = 1;
  const auto [name, value, code] = GENERATE(table<std::string, std::string, Errc>({
      {"org_slug", R"("acme")", accepted},
      {"org_id", R"("org_1\u0000")", Errc::badClaim},
      {"org_id", R"("org\n1")", Errc::badClaim},
      {"org_role", R"("org:admin\r\n")", Errc::badClaim},
      {"org_slug", R"("a\tb")", Errc::badClaim},
      {"org_permissions", R"(["org:a:read","org:a:\u0000"])", Errc::badClaim},
  }));
  CAPTURE(name, value);
  spec.claims = {{"org_id", Json("org_1")}};
  spec.claims.emplace_back(name, json(value));
  CHECK(outcome() == code);
  spec.version = 2;
  spec.claims = {{"o", json(R"({"id":"org_1","per":"re\u0000ad","fpm":"1"})")}, {"fea", Json("o:a")}};
  CHECK(outcome() == Errc::badClaim);
}

TEST_CASE_METHOD(VerifierFixture, "a wrong party is named beside those that are accepted, fit for a log") {
  options.authorizedParties = {"https://a.test", "https://b.test:8443"};
  const std::string expected = "; authorizedParties are https://a.test, https://b.test:8443";
  const auto [claim, message] = GENERATE_COPY(table<std::string, std::string>({
      {R"("https://evil.test")", "the token is for the party \"https://evil.test\" (azp)" + expected},
      {R"("a\n\u001b[31m")", R"(the token is for the party "a\x0a\x1b[31m" (azp))" + expected},
      {"5", "the token is for the party \"5\" (azp)" + expected},
      {"", "the token names no authorized party (azp)" + expected},
  }));
  spec.claims = {{"azp", claim.empty() ? Claim() : Claim(json(claim))}};
  CHECK(verify().error().message == message);
  spec.claims = {{"azp", Json(std::string(1000, 'x'))}};
  CHECK(verify().error().message.size() < 300);
}

TEST_CASE_METHOD(VerifierFixture, "a wrong issuer is named beside those that are accepted, fit for a log") {
  options.issuer = {"https://a.test", "https://b.test:8443"};
  const std::string expected = "; accepted issuers are https://a.test, https://b.test:8443";
  const auto [claim, message] = GENERATE_COPY(table<std::string, std::string>({
      {R"("https://evil.test")", "the token is of the issuer \"https://evil.test\" (iss)" + expected},
      {R"("a\n\u001b[31m")", R"(the token is of the issuer "a\x0a\x1b[31m" (iss))" + expected},
      {R"(["https://a.test"])", R"(the token is of the issuer "["https://a.test"]" (iss))" + expected},
      {"", "the token names no issuer (iss)" + expected},
  }));
  spec.claims = {{"iss", claim.empty() ? Claim() : Claim(json(claim))}};
  CHECK(verify().error().code == Errc::wrongIssuer);
  CHECK(verify().error().message == message);
  spec.claims = {{"iss", Json(std::string(1000, 'x'))}};
  CHECK(verify().error().message.size() < 300);
  options.issuer = clerk::AcceptedIssuers(std::vector<std::string>(1000, "https://a.test"));
  CHECK(verify().error().message.size() < 800);
}

TEST_CASE_METHOD(VerifierFixture, "a missing party is accepted as far as the policy goes, a wrong one never") {
  const auto [policy, inHeader, inCookie] = GENERATE(table<clerk::MissingParty, Errc, Errc>({
      {clerk::MissingParty::refuse, Errc::unauthorizedParty, Errc::unauthorizedParty},
      {clerk::MissingParty::allowInCookie, Errc::unauthorizedParty, accepted},
      {clerk::MissingParty::allow, accepted, accepted},
  }));
  options.authorizedParties = {"https://app.example.com"};
  options.missingParty = policy;
  const auto byHeader = [&] {
    const std::string value = "Bearer " + issuer().sessionToken(spec);
    return codeOf(verifier().authenticate({"GET", "/", {{"Authorization", value}}}));
  };
  const auto byCookie = [&] {
    const std::string value = "__session=" + issuer().sessionToken(spec);
    return codeOf(verifier().authenticate({"GET", "/", {{"Cookie", value}}}));
  };
  CHECK(byHeader() == accepted);
  CHECK(byCookie() == accepted);
  for (const Json& wrong : {Json("https://evil.test"), Json(""), Json(nullptr)}) {
    spec.claims = {{"azp", wrong}};
    CHECK(byHeader() == Errc::unauthorizedParty);
    CHECK(byCookie() == Errc::unauthorizedParty);
  }
  spec.claims = {{"azp", std::nullopt}};
  CHECK(outcome() == inHeader);
  CHECK(byHeader() == inHeader);
  CHECK(byCookie() == inCookie);
}

TEST_CASE_METHOD(VerifierFixture, "pending sessions are accepted on request, other states never") {
  options.treatPendingAsSignedOut = false;
  const auto pending = [&] {
    spec.status = "pending";
    return verify();
  }();
  REQUIRE(pending);
  CHECK(pending->status() == clerk::SessionStatus::pending);
  spec.status = "revoked";
  CHECK(outcome() == Errc::inactiveSession);
}

TEST_CASE_METHOD(VerifierFixture, "only session tokens are accepted") {
  const auto [category, code] = GENERATE(table<std::string, Errc>({
      {"", accepted},
      {R"("cl_B7d4PD111AAA")", accepted},
      {R"("cl_I7d4PD111III")", accepted},
      {R"("cl_B7d4PD222AAA")", Errc::wrongCategory},
      {R"("cl_B7d4PD333AAA")", Errc::wrongCategory},
      {R"("other")", Errc::wrongCategory},
      {R"("")", Errc::wrongCategory},
      {"null", Errc::wrongCategory},
      {"1", Errc::wrongCategory},
  }));
  CAPTURE(category);
  spec.header = {{"cat", category.empty() ? Claim() : Claim(json(category))}};
  CHECK(outcome() == code);
}

TEST_CASE_METHOD(VerifierFixture, "PR #9168: a machine is no user, whatever else its token claims") {
  spec.claims = {{"sub", Json("mch_1")}};
  spec.header = {{"cat", GENERATE(Claim(), Claim(Json("cl_I7d4PD111III")), Claim(Json("cl_B7d4PD111AAA")))}};
  CHECK(outcome() == Errc::wrongCategory);
}

TEST_CASE_METHOD(VerifierFixture, "refusals repeat nothing of the token") {
  spec.claims = {{"sub", Json("user_secret\n")}};
  const auto claims = verify();
  REQUIRE_FALSE(claims);
  CHECK(claims.error().message.find("secret") == std::string::npos);
  CHECK(claims.error().kind() == ErrorKind::unauthenticated);
}
