#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using clerk::AuthStatus;
using clerk::TokenType;
using liveblocks_tests::RequestFixture;

namespace {

const std::string nothing = "out session-token-and-uat-missing";

/// With the token in the place of `TOKEN`.
std::string filled(std::string text, const std::string& token) {
  const auto place = text.find("TOKEN");
  return place == std::string::npos ? text : text.replace(place, 5, token);
}

}  // namespace

TEST_CASE_METHOD(RequestFixture, "a request without credentials is signed out") {
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == nothing);
  CHECK_FALSE(state.isAuthenticated());
  CHECK_FALSE(state.auth().isAuthenticated());
  CHECK(state.message().empty());
  CHECK_FALSE(state.error());
  CHECK_FALSE(state.redirect());
  CHECK(state.tokenType() == TokenType::sessionToken);
  REQUIRE(state.headers().size() == 2);
  CHECK(headerOf(state, "x-clerk-auth-status") == "signed-out");
  CHECK(headerOf(state, "x-clerk-auth-reason") == "session-token-and-uat-missing");
}

TEST_CASE_METHOD(RequestFixture, "a good token in the header signs in, and nothing is said") {
  setBearer(token());
  const clerk::RequestState state = authenticate();
  CHECK(state.status() == AuthStatus::signedIn);
  CHECK(name(state.status()) == "signed-in");
  CHECK(state.isAuthenticated());
  CHECK(state.auth().userId() == "user_1");
  CHECK(state.reason().empty());
  CHECK(state.message().empty());
  CHECK(state.headers().empty());
  CHECK_FALSE(state.machineToken());
}

TEST_CASE_METHOD(RequestFixture, "the Authorization header is read as RFC 9110 has it") {
  const auto [value, withoutCookies, withCookies] = GENERATE(table<std::string, std::string, std::string>({
      {"Bearer TOKEN", "in user_1", "in user_1"},
      {"bearer TOKEN", "in user_1", "in user_1"},
      {"BEARER TOKEN", "in user_1", "in user_1"},
      {"Bearer  TOKEN", "in user_1", "in user_1"},
      {"Bearer\tTOKEN", "in user_1", "in user_1"},
      {"TOKEN", "out token-invalid", "out token-invalid"},
      {"Bearer TOKEN junk", "out token-invalid", "out token-invalid"},
      {"Bearer ", "out token-invalid", "out token-invalid"},
      {"Bearer bad", "out token-invalid", "out token-invalid"},
      {"Bearer ak_123", "out token-invalid", "out token-invalid"},
      {"Basic abc", nothing, "in user_cookie"},
      {"", nothing, "in user_cookie"},
  }));
  CAPTURE(value);
  setHeader("authorization", filled(value, token()));
  CHECK(outcome() == withoutCookies);
  setHeader("cookie", "__session=" + token(session("user_cookie")) + "; __client_uat=1");
  CHECK(outcome() == withCookies);
}

TEST_CASE_METHOD(RequestFixture, "several Authorization headers are refused") {
  setBearer(token());
  setBearer(token());
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out token-invalid");
  CHECK(state.error()->code == Errc::malformed);
}

TEST_CASE_METHOD(RequestFixture, "the claims and the header of a token in a header are validated") {
  const auto [spec, expected] = GENERATE(table<Spec, std::string>({
      {sessionWith("sub", "mch_1"), "out token-type-mismatch"},
      {sessionWith("sub", ""), "out token-verification-failed"},
      {sessionWith("sub", 5), "out token-verification-failed"},
      {sessionWith("sid", std::nullopt), "out token-verification-failed"},
      {sessionWith("sts", "revoked"), "out token-verification-failed"},
      {sessionWith("sts", std::nullopt), "in user_1"},
      {sessionWith("iss", "https://clerk.other.example"), "out token-invalid-issuer"},
      {sessionWith("iss", std::nullopt), "out token-invalid-issuer"},
      {sessionWith("exp", "soon"), "out token-verification-failed"},
      {sessionWith("nbf", now + 60), "out session-token-nbf"},
      {sessionWith("iat", now + 60), "out session-token-iat-in-the-future"},
      {sessionWith("fea", "dashboard"), "in user_1"},
      {sessionWithHeader("typ", "at+jwt"), "out token-type-mismatch"},
      {sessionWithHeader("typ", "application/at+jwt"), "out token-type-mismatch"},
      {sessionWithHeader("typ", "jwt"), "out token-invalid"},
      {sessionWithHeader("typ", std::nullopt), "in user_1"},
      {sessionWithHeader("alg", "none"), "out token-invalid-algorithm"},
      {sessionWithHeader("crit", Json::parse(R"(["x"])")), "out token-invalid"},
      {sessionWithHeader("cat", "cl_B7d4PD111AAA"), "in user_1"},
      {sessionWithHeader("cat", "cl_I7d4PD111III"), "in user_1"},
      {sessionWithHeader("cat", std::nullopt), "in user_1"},
      {sessionWithHeader("cat", "cl_B7d4PD222AAA"), "out token-type-mismatch"},
      {sessionWithHeader("cat", "cl_B7d4PD333AAA"), "out token-type-mismatch"},
      {sessionWithHeader("cat", "unknown"), "out token-type-mismatch"},
      {sessionWithHeader("cat", ""), "out token-type-mismatch"},
      {sessionWithHeader("cat", nullptr), "out token-type-mismatch"},
  }));
  setBearer(token(spec));
  CHECK(outcome() == expected);
}
