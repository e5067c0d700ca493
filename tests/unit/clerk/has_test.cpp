#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <liveblocks/clerk/auth.hpp>

#include "catch.hpp"
#include "verifier_fixture.hpp"

using namespace liveblocks;
using clerk::Auth;
using clerk::Requirement;
using clerk::Reverification;
using liveblocks_tests::VerifierFixture;

namespace {

using Level = Reverification::Level;

constexpr auto administrator = R"(,"org_id":"org_1","org_role":"org:admin",)"
                               R"("org_permissions":["org:teams:read","org:sys:x"],)"
                               R"("fea":"o:reports,u:avatar,uo:chat","pla":"o:pro","fva":[5,-1])";

/// A session with these claims beside those that every session has.
Auth authWith(const std::string& claims) {
  const VerifierFixture fixture;
  const std::string payload =
      R"({"iss":"https://clerk.example.com","sub":"user_1","sid":"sess_1","exp":1735689660)" + claims + "}";
  auto session = fixture.verifier().verify(VerifierFixture::issuer().sign(R"({"alg":"RS256"})", payload));
  REQUIRE(session);
  return Auth(*std::move(session));
}

Requirement role(const char* name) { return Requirement().role(name); }
Requirement permission(const char* name) { return Requirement().permission(name); }
Requirement feature(const char* name) { return Requirement().feature(name); }
Requirement plan(const char* name) { return Requirement().plan(name); }

}  // namespace

TEST_CASE("an administrator has what the claims say and nothing else") {
  static const Auth auth = authWith(administrator);
  const auto [asked, required, expected] = GENERATE(table<std::string, Requirement, bool>({
      {"nothing", Requirement(), false},
      {"role admin", role("admin"), true},
      {"role org:admin", role("org:admin"), true},
      {"role org:org:admin", role("org:org:admin"), true},
      {"role Admin", role("Admin"), false},
      {"role of no name", role(""), false},
      {"role org:", role("org:"), false},
      {"role member", role("member"), false},
      {"permission teams:read", permission("teams:read"), true},
      {"permission org:teams:read", permission("org:teams:read"), true},
      {"permission org:org:teams:read", permission("org:org:teams:read"), true},
      {"permission teams", permission("teams"), false},
      {"permission TEAMS:READ", permission("TEAMS:READ"), false},
      {"permission of no name", permission(""), false},
      {"role and permission", Requirement().role("admin").permission("teams:read"), true},
      {"another role and permission", Requirement().role("member").permission("teams:read"), false},
      {"role and another permission", Requirement().role("admin").permission("teams:write"), false},
      {"feature reports", feature("reports"), true},
      {"feature o:reports", feature("o:reports"), true},
      {"feature org:reports", feature("org:reports"), true},
      {"feature organization:reports", feature("organization:reports"), true},
      {"feature u:reports", feature("u:reports"), false},
      {"feature user:reports", feature("user:reports"), false},
      {"feature avatar", feature("avatar"), true},
      {"feature o:avatar", feature("o:avatar"), false},
      {"feature u:avatar", feature("u:avatar"), true},
      {"feature chat", feature("chat"), true},
      {"feature o:chat", feature("o:chat"), true},
      {"feature u:chat", feature("u:chat"), true},
      {"feature x:chat", feature("x:chat"), false},
      {"feature of no name", feature(""), false},
      {"feature o:", feature("o:"), false},
      {"feature :chat", feature(":chat"), false},
      {"feature uo:chat", feature("uo:chat"), false},
      {"feature o:chat:extra", feature("o:chat:extra"), true},
      {"feature o::chat", feature("o::chat"), false},
      {"plan pro", plan("pro"), true},
      {"plan o:pro", plan("o:pro"), true},
      {"plan u:pro", plan("u:pro"), false},
      {"plan free", plan("free"), false},
      {"feature and plan", Requirement().feature("reports").plan("pro"), true},
      {"feature and another plan", Requirement().feature("reports").plan("free"), false},
      {"feature and role", Requirement().feature("reports").role("admin"), true},
      {"another feature and role", Requirement().feature("nope").role("admin"), false},
      {"recent sign-in", Requirement().reverification(Reverification::strict()), true},
      {"recent sign-in and role", Requirement().reverification(Reverification::strict()).role("admin"), true},
      {"recent sign-in and another role", Requirement().reverification(Reverification::strict()).role("member"), false},
      {"older sign-in and role", Requirement().reverification({Level::firstFactor, 5}).role("admin"), false},
  }));
  CAPTURE(asked);
  CHECK(auth.has(required) == expected);
}

TEST_CASE("signed out, no requirement is met") {
  CHECK_FALSE(Auth().has(Requirement()));
  CHECK_FALSE(Auth().has(role("admin")));
  CHECK_FALSE(Auth().has(feature("avatar")));
  CHECK_FALSE(Auth().has(Requirement().reverification(Reverification::lax())));
}

TEST_CASE("each requirement is checked against its own claim") {
  const auto [claims, asked, required, expected] = GENERATE(table<std::string, std::string, Requirement, bool>({
      {R"(,"org_role":"org:admin")", "a role without an organization", role("admin"), false},
      {R"(,"org_permissions":["org:teams:read"])", "a permission without an organization", permission("teams:read"),
       false},
      {R"(,"org_id":"org_1","org_role":"admin")", "a role without org: in the token", role("org:admin"), true},
      {R"(,"org_id":"org_1","org_role":"")", "no role at all", role(""), false},
      {R"(,"org_id":"org_1","org_role":"org:")", "a role of no name, which the token has", role("org:"), false},
      {R"(,"org_id":"org_1","org_permissions":["org:"])", "a permission of no name", permission(""), false},
      {R"(,"org_id":"org_1","org_permissions":["teams:read"])", "a permission without org: in the token",
       permission("teams:read"), false},
      {R"(,"org_id":"org_1","org_permissions":["org:org:teams:read"])", "a permission with org: twice in the token",
       permission("org:org:teams:read"), false},
      {R"(,"org_id":"org_1")", "a permission without a list", permission("teams:read"), false},
      {R"(,"v":2,"o":{"id":"org_1","rol":"admin"})", "a role of version 2", role("org:admin"), true},
      {R"(,"v":2,"o":{"rol":"admin"})", "a role of an organization without an id", role("admin"), false},
      {R"(,"v":2,"o":{"id":"org_1","per":"read,write","fpm":"2"},"fea":"o:teams")", "a permission of version 2",
       permission("teams:write"), true},
      {R"(,"fea":"bad","pla":"o:pro")", "a feature of a malformed claim", feature("bad"), false},
      {R"(,"fea":"bad","pla":"o:pro")", "a plan beside a malformed claim", plan("pro"), true},
      {R"(,"fea":"o:reports,bad")", "a feature in front of a malformed element", feature("reports"), false},
      {R"(,"fea":"o:reports,")", "a feature in front of an empty element", feature("reports"), false},
      {R"(,"fea":" o:reports , u:avatar ")", "a feature among blanks", feature("avatar"), true},
      {R"(,"fea":"\u3000o:reports\u00a0,\ufeffu:avatar")", "a feature among other white space", feature("reports"),
       true},
      {R"(,"fea":"o:reports\u00a0")", "a feature with white space behind", feature("reports\u00a0"), false},
      {R"(,"fea":"u:avatar")", "a feature without an organization", feature("avatar"), true},
      {R"(,"fea":"u:avatar")", "a feature and a role without an organization",
       Requirement().feature("avatar").role("admin"), false},
      {R"(,"fea":"o:reports")", "an organization's feature without an organization", feature("reports"), true},
      {R"(,"fea":"x:reports")", "a feature of an unknown scope", feature("reports"), false},
      {R"(,"fea":"o:o")", "no name behind a scope that is a name, too", feature("o:"), false},
      {R"(,"fea":"o:")", "a feature of no name, which the token has", feature(""), false},
      {R"(,"fea":"u:a:b")", "a feature with a colon in its name", feature("u:a:b"), false},
      {R"(,"fea":["o:reports"])", "a feature of a list", feature("reports"), false},
      {R"(,"pla":"o:reports")", "a feature that is a plan", feature("reports"), false},
      {R"(,"fea":"o:pro")", "a plan that is a feature", plan("pro"), false},
  }));
  CAPTURE(claims, asked);
  CHECK(authWith(claims).has(required) == expected);
}

TEST_CASE("GHSA-w24r-5266-9c3c: of several conditions each one must hold") {
  const Auth auth = authWith(administrator);
  const auto ask = [](unsigned which, unsigned wrong) {
    const auto pick = [&](unsigned bit, const char* held) { return (wrong & bit) != 0 ? "other" : held; };
    Requirement result;
    if ((which & 1U) != 0) result.role(pick(1, "admin"));
    if ((which & 2U) != 0) result.permission(pick(2, "teams:read"));
    if ((which & 4U) != 0) result.feature(pick(4, "reports"));
    if ((which & 8U) != 0) result.plan(pick(8, "pro"));
    if ((which & 16U) != 0) result.reverification({Level::firstFactor, (wrong & 16U) != 0 ? 5 : 6});
    return result;
  };
  for (unsigned which = 1; which < 32; ++which) {
    for (unsigned wrong = 0; wrong < 32; ++wrong) {
      CAPTURE(which, wrong);
      CHECK(auth.has(ask(which, wrong)) == ((which & wrong) == 0));
    }
  }
}

TEST_CASE("PR #9381: the 54th permission and those after it are decoded exactly") {
  const std::vector<int> looked = {0, 31, 32, 52, 53, 54, 62, 63, 64, 65};
  const auto [mask, held] = GENERATE(table<std::string, std::vector<int>>({
      {"9007199254740993", {0, 53}},
      {"9223372036854775809", {0, 63}},
      {"18446744073709551616", {64}},
      {"18446744073709551615", {0, 31, 32, 52, 53, 54, 62, 63}},
  }));
  std::string names = "p0";
  for (int i = 1; i < 66; ++i) names += ",p" + std::to_string(i);
  const Auth auth =
      authWith(R"(,"v":2,"fea":"o:f","o":{"id":"org_1","fpm":")" + mask + R"(","per":")" + names + R"("})");
  std::vector<int> found;
  for (const int i : looked) {
    if (auth.has(permission(("f:p" + std::to_string(i)).c_str()))) found.push_back(i);
  }
  CHECK(found == held);
}

TEST_CASE("factors are recent by level and age") {
  using Row = std::tuple<std::vector<std::string>, std::string>;
  // strict_mfa, strict, moderate, lax, then first factor, second factor and both in ten minutes
  const auto [ages, expected] = GENERATE(values<Row>({
      {{"[0,-1]", "[9,-1]", "[0,0]", "[0,9]"}, "TTTTTTT"},
      {{"[10,-1]", "[11,-1]"}, "FFTTFFF"},
      {{"[0,10]", "[5,11]"}, "FFTTTFF"},
      {{"[11,5]", "[-1,5]"}, "FTTTFTF"},
      {{"[-1,11]", "[59,59]"}, "FFTTFFF"},
      {{"[60,60]", "[1439,1439]"}, "FFFTFFF"},
      {{"[1440,1440]", "[-1,-1]", "[-2,0]", "[0,-2]"}, "FFFFFFF"},
      {{"null", "[]", "[0]", "[0,0,0]", R"(["0",0])", "[0,null]", "0", "{}"}, "FFFFFFF"},
      {{"[0.5,0]", "[0,1e0]", "[0,9223372036854775808]"}, "FFFFFFF"},
  }));
  const std::vector<Reverification> columns = {
      Reverification::strictMfa(), Reverification::strict(),  Reverification::moderate(), Reverification::lax(),
      {Level::firstFactor, 10},    {Level::secondFactor, 10}, {Level::multiFactor, 10}};
  for (const std::string& age : ages) {
    const Auth auth = authWith(R"(,"fva":)" + age);
    std::string actual;
    for (const auto& column : columns) actual += auth.has(Requirement().reverification(column)) ? 'T' : 'F';
    CAPTURE(age);
    CHECK(actual == expected);
  }
  CHECK_FALSE(authWith("").has(Requirement().reverification(Reverification::lax())));
}

TEST_CASE("a reverification with invalid ages is never met") {
  const auto [level, afterMinutes] = GENERATE(table<Level, std::int64_t>({
      {Level::firstFactor, 0},
      {Level::secondFactor, 0},
      {Level::multiFactor, 0},
      {Level::firstFactor, -1},
      {Level::firstFactor, std::numeric_limits<std::int64_t>::min()},
      {static_cast<Level>(3), 10},
  }));
  CAPTURE(afterMinutes);
  CHECK_FALSE(authWith(R"(,"fva":[0,0])").has(Requirement().reverification({level, afterMinutes})));
}
