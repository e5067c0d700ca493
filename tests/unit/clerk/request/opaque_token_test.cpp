#include <liveblocks/testing/fake_clerk.hpp>

#include <new>
#include <stdexcept>

#include "catch.hpp"
#include "log_lines.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using clerk::AcceptedTokens;
using clerk::AuthStatus;
using clerk::MachineToken;
using clerk::RequestState;
using clerk::TokenType;
using liveblocks_tests::RequestFixture;

namespace {

constexpr const char* goodKey =
    R"({"object":"api_key","id":"ak_1","subject":"user_1","scopes":["read"],"revoked":false,"expired":false})";

struct Fixture : RequestFixture {
  Fixture() {
    options.acceptsToken = AcceptedTokens::any();
    options.secretKey = "sk_live_abc";
  }

  using RequestFixture::authenticate;
  RequestState authenticate(const std::string& token) {
    headers.clear();
    setBearer(token);
    return RequestFixture::authenticate();
  }
};

MachineToken machineToken(TokenType type, const char* subject) {
  MachineToken token;
  token.type = type;
  token.id = "id_1";
  token.subject = subject;
  token.scopes = {"read"};
  return token;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "an opaque token is verified with one request") {
  const auto [token, path, body] = GENERATE(table<std::string, std::string, std::string>({
      {"ak_a/b=", "/api_keys/verify", R"({"secret":"ak_a/b="})"},
      {"mt_x", "/m2m_tokens/verify", R"({"token":"mt_x"})"},
      {"oat_x", "/oauth_applications/access_tokens/verify", R"({"access_token":"oat_x"})"},
  }));
  std::string sent;
  std::string key;
  transport->setHandler([&](const http::Request& request, const http::Call& call) {
    sent = request.body;
    key = request.headers.at(0).value;
    CHECK(call.maxBody == std::size_t{256} << 10);
    CHECK(call.once);
    return http::Response{503, {}, ""};
  });
  CHECK(authenticate(token).reason() == "unexpected-error");
  REQUIRE(transport->requestCount() == 1);
  const http::Request request = transport->requests()[0];
  CHECK(request.method == "POST");
  CHECK(request.url == "https://api.clerk.com" + path);
  CHECK(request.headers[0].sensitive);
  CHECK(key == "Bearer sk_live_abc");
  CHECK(sent == body);
}

TEST_CASE_METHOD(Fixture, "a machine's own key is used for its tokens alone") {
  options.machineSecretKey = "ak_machine";
  std::string key;
  transport->setHandler([&](const http::Request& request, const http::Call&) {
    key = request.headers.at(0).value;
    return http::Response{404, {}, ""};
  });
  authenticate("mt_x");
  CHECK(key == "Bearer ak_machine");
  authenticate("ak_x");
  CHECK(key == "Bearer sk_live_abc");
}

TEST_CASE_METHOD(Fixture, "a token that Clerk vouches for signs in as what it is") {
  transport->pushJson(200, goodKey);
  const RequestState state = authenticate("ak_x");
  CHECK(state.status() == AuthStatus::signedIn);
  CHECK(state.isAuthenticated());
  CHECK(state.tokenType() == TokenType::apiKey);
  CHECK(state.headers().empty());
  REQUIRE(state.machineToken());
  CHECK(state.machineToken()->userId() == "user_1");
  CHECK_FALSE(state.auth().isAuthenticated());
  CHECK_FALSE(state.auth().has(clerk::Requirement().role("admin")));
}

TEST_CASE_METHOD(Fixture, "a failed check says why in Clerk's words, and never repeats the token") {
  using Answer = Result<http::Response>;
  const auto [answer, reason, message, code] = GENERATE(table<Answer, std::string, std::string, Errc>({
      {http::Response{404, {}, ""}, "token-invalid", "API key not found (code=token-invalid, status=404)",
       Errc::tokenRejected},
      {http::Response{400, {}, R"({"errors":[{"message":"ak_secret"}]})"}, "token-invalid",
       "Clerk rejected the token (code=token-invalid, status=400)", Errc::tokenRejected},
      {http::Response{410, {}, ""}, "token-invalid", "Clerk rejected the token (code=token-invalid, status=410)",
       Errc::tokenRejected},
      {http::Response{422, {}, ""}, "token-invalid", "Clerk rejected the token (code=token-invalid, status=422)",
       Errc::tokenRejected},
      {http::Response{409, {}, ""}, "unexpected-error", "Unexpected error (code=unexpected-error, status=409)",
       Errc::upstream},
      {http::Response{401, {}, R"({"errors":[{"message":"ak_secret"}]})"}, "secret-key-invalid",
       "Invalid secret key (code=secret-key-invalid, status=401)", Errc::secretKeyRejected},
      {http::Response{403, {}, ""}, "unexpected-error", "Unexpected error (code=unexpected-error, status=403)",
       Errc::secretKeyRejected},
      {http::Response{429, {{"Retry-After", "7"}}, ""}, "unexpected-error",
       "Unexpected error (code=unexpected-error, status=429)", Errc::upstream},
      {http::Response{500, {}, ""}, "unexpected-error", "Unexpected error (code=unexpected-error, status=500)",
       Errc::upstream},
      {http::Response{302, {{"Location", "https://evil.example"}}, ""}, "unexpected-error",
       "Unexpected error (code=unexpected-error, status=302)", Errc::upstream},
      {http::Response{201, {}, goodKey}, "unexpected-error", "Unexpected error (code=unexpected-error, status=201)",
       Errc::upstream},
      {http::Response{200, {}, "<html>ak_secret</html>"}, "unexpected-error",
       "Unexpected error (code=unexpected-error, status=n/a)", Errc::upstream},
      {Error{Errc::tooLarge, "x"}, "unexpected-error", "Unexpected error (code=unexpected-error, status=n/a)",
       Errc::tooLarge},
      {Error{Errc::timeout, "x"}, "unexpected-error", "Unexpected error (code=unexpected-error, status=n/a)",
       Errc::timeout},
      {Error{Errc::connect, "x"}, "unexpected-error", "Unexpected error (code=unexpected-error, status=n/a)",
       Errc::connect},
  }));
  CAPTURE(message);
  transport->push(answer);
  const RequestState state = authenticate("ak_secret");
  CHECK(state.status() == AuthStatus::signedOut);
  CHECK_FALSE(state.isAuthenticated());
  CHECK_FALSE(state.machineToken());
  CHECK(state.tokenType() == TokenType::apiKey);
  CHECK(state.reason() == reason);
  CHECK(state.message() == message);
  REQUIRE(state.error());
  CHECK(state.error()->code == code);
  CHECK_THAT(state.error()->message, !ContainsSubstring("ak_secret"));
  CHECK((state.error()->kind() == ErrorKind::unauthenticated) == (reason == "token-invalid"));
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(Fixture, "tokens that are not found are named by their kind") {
  transport->setHandler([](const http::Request&, const http::Call&) { return http::Response{404, {}, ""}; });
  CHECK(authenticate("mt_x").message() == "Machine token not found (code=token-invalid, status=404)");
  CHECK(authenticate("oat_x").message() == "OAuth token not found (code=token-invalid, status=404)");
}

TEST_CASE_METHOD(Fixture, "a rejected secret key is logged") {
  const liveblocks_tests::LogLines log;
  options.log = log.callback();
  transport->push(http::Response{401, {}, ""});
  authenticate("ak_secret");
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->at(0).first == LogLevel::error);
  CHECK_THAT(log.lines->at(0).second, !ContainsSubstring("ak_secret"));
}

TEST_CASE_METHOD(Fixture,
                 "a Clerk that refuses to verify is one line of the log a minute, and one when it verifies again") {
  const auto [status, level] = GENERATE(table<int, LogLevel>({{401, LogLevel::error}, {429, LogLevel::warning}}));
  CAPTURE(status);
  const liveblocks_tests::LogLines log;
  options.log = log.callback();
  transport->setHandler([answered = status](const http::Request&, const http::Call&) {
    return http::Response{answered, {}, ""};
  });
  const clerk::RequestAuthenticator authenticator = this->authenticator();
  setBearer("ak_secret");
  for (int i = 0; i < 50; ++i) authenticate(authenticator);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->back().first == level);
  clock->advance(std::chrono::seconds(60));
  authenticate(authenticator);
  REQUIRE(log.lines->size() == 2);
  CHECK_THAT(log.lines->back().second, ContainsSubstring(" (50 failures in "));

  transport->setHandler([](const http::Request&, const http::Call&) { return testing::jsonResponse(200, goodKey); });
  authenticate(authenticator);
  REQUIRE(log.lines->size() == 3);
  CHECK_THAT(log.lines->back().second, ContainsSubstring("Clerk verifies opaque tokens again after 51 failures"));
}

TEST_CASE_METHOD(Fixture, "no request is sent for strings that cannot be opaque tokens") {
  const std::string token = GENERATE("ak_\"", "ak_\\", "ak_\x7F", "ak_\xC3\xA9", "ak_a.b.c", "mt_..");
  const RequestState state = authenticate(token);
  CAPTURE(token);
  CHECK(state.reason() == "token-invalid");
  CHECK(state.error()->code == Errc::tokenRejected);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "a machine token may have 16 KiB") {
  transport->pushJson(200, goodKey);
  CHECK(authenticate("ak_" + std::string((16 << 10) - 3, 'a')).isAuthenticated());
  CHECK_FALSE(authenticate("ak_" + std::string((16 << 10) - 2, 'a')).isAuthenticated());
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(Fixture, "without a secret key or time no request is sent") {
  setBearer("ak_x");
  const auto past = authenticate(authenticator(), std::chrono::steady_clock::now());
  CHECK(past.error()->code == Errc::timeout);
  options.secretKey = {};
  const RequestState state = RequestFixture::authenticate();
  CHECK(state.reason() == "unexpected-error");
  CHECK(state.error()->code == Errc::keysUnavailable);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "API keys alone cannot be accepted without a secret key") {
  options.acceptsToken = TokenType::apiKey;
  options.secretKey = {};
  CHECK_THROWS_AS(authenticator(), std::invalid_argument);
}

TEST_CASE_METHOD(Fixture, "a transport that throws signs out") {
  transport->setHandler(
      [](const http::Request&, const http::Call&) -> Result<http::Response> { throw std::runtime_error("ak_x"); });
  const RequestState state = authenticate("ak_x");
  CHECK_FALSE(state.isAuthenticated());
  CHECK(state.reason() == "unexpected-error");
}

TEST_CASE_METHOD(Fixture, "tokens of every kind are verified, and refused once they are revoked or expired") {
  const auto [type, subject] = GENERATE(table<TokenType, const char*>({
      {TokenType::apiKey, "user_1"},
      {TokenType::apiKey, "org_1"},
      {TokenType::m2mToken, "mch_1"},
      {TokenType::oauthToken, "user_1"},
  }));
  const auto fake = std::make_shared<testing::FakeClerk>(production(), options.secretKey, clock);
  fake->setScheduler(form.scheduler());
  const clerk::RequestAuthenticator asking(clerk::KeySource::pem(production().publicKeyPem()), options, fake);
  MachineToken made = machineToken(type, subject);
  made.expiresAt = at(now * 1000) + std::chrono::seconds(60);
  const std::string token = fake->addMachineToken(made);
  setBearer(token);

  const RequestState accepted = authenticate(asking);
  REQUIRE(accepted.machineToken());
  CHECK(accepted.tokenType() == type);
  CHECK(accepted.machineToken()->subject == subject);
  CHECK(accepted.machineToken()->expiresAt == made.expiresAt);

  clock->advance(std::chrono::seconds(60));
  const RequestState expired = authenticate(asking);
  CHECK_FALSE(expired.isAuthenticated());
  CHECK(expired.error()->code == Errc::expired);
  CHECK(expired.message() == "the token has expired (code=token-invalid, status=n/a)");

  fake->revokeMachineToken(token);
  const RequestState revoked = authenticate(asking);
  CHECK_FALSE(revoked.isAuthenticated());
  CHECK(revoked.error()->code == Errc::tokenRejected);
  CHECK(revoked.reason() == "token-invalid");
}
