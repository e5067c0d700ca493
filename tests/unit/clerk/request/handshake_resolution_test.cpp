#include "catch.hpp"
#include "log_lines.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

const std::string nothing = "out session-token-and-uat-missing";

std::vector<std::string> valuesOf(const clerk::RequestState& state, const std::string& name) {
  std::vector<std::string> values;
  for (const http::Header& header : state.headers()) {
    if (header.name == name) values.push_back(header.value);
  }
  return values;
}

struct ProductionFixture : RequestFixture {
  ProductionFixture() { setDocument(); }

  void setHandshake(const std::vector<std::string>& directives) {
    setHeader("Cookie", "__clerk_handshake=" + issuer->handshakeToken(directives));
  }
};

struct DevelopmentFixture : RequestFixture {
  DevelopmentFixture() : RequestFixture(development()) {
    url = "https://app.example.com/p?q=1&__clerk_db_jwt=b";
    setDocument();
  }

  void setHandshake(const std::vector<std::string>& directives) {
    url += "&__clerk_handshake=" + issuer->handshakeToken(directives);
  }
};

struct NonceFixture : RequestFixture {
  NonceFixture() {
    options.secretKey = "sk_live_secret";
    setHeader("Cookie", "__clerk_handshake_nonce=a%20b");
    setDocument();
  }

  void answer(const std::vector<std::string>& directives) {
    std::string text;
    for (const std::string& directive : directives) text += (text.empty() ? "\"" : ",\"") + directive + '"';
    transport->pushJson(200, "{\"directives\":[" + text + "]}");
  }
};

}  // namespace

TEST_CASE_METHOD(ProductionFixture, "a handshake brings cookies, and signs in with the session among them") {
  const std::string name = GENERATE("__session", "__session_naoXFJnI");
  const std::vector<std::string> directives{"__client_uat=1; Path=/", name + "=" + token() + "; Path=/; HttpOnly",
                                            "__refresh_naoXFJnI=r"};
  setHandshake(directives);
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "in user_1");
  CHECK(valuesOf(state, "Set-Cookie") == directives);
  CHECK(headerOf(state, "access-control-allow-origin") == "null");
  CHECK(headerOf(state, "access-control-allow-credentials") == "true");
  CHECK(headerOf(state, "cache-control") == "no-store");
  CHECK(state.headers().size() == 6);
  CHECK_FALSE(state.redirect());
  for (const http::Header& header : state.headers()) CHECK(header.sensitive == (header.name == "Set-Cookie"));
}

TEST_CASE_METHOD(ProductionFixture, "a handshake without a session signs out, and its cookies are set") {
  const std::vector<std::string> directives =
      GENERATE(std::vector<std::string>{"__session=; Max-Age=0", "__client_uat=0"},
               std::vector<std::string>{"__client_uat=0"}, std::vector<std::string>{});
  setHandshake(directives);
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out session-token-missing");
  CHECK(state.message() == "the handshake contains no session");
  CHECK(valuesOf(state, "Set-Cookie") == directives);
  CHECK(headerOf(state, "x-clerk-auth-reason") == "session-token-missing");
  CHECK(headerOf(state, "cache-control") == (directives.empty() ? "" : "no-store"));
  CHECK(headerOf(state, "access-control-allow-origin") == (directives.empty() ? "" : "null"));
}

TEST_CASE_METHOD(ProductionFixture, "handshakes that anybody can send are one line of the log a minute") {
  const liveblocks_tests::LogLines log;
  options.log = log.callback();
  const clerk::RequestAuthenticator authenticator = this->authenticator();
  setHeader("Cookie", "__clerk_handshake=junk");
  for (int i = 0; i < 50; ++i) authenticate(authenticator);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->back().first == LogLevel::warning);
  CHECK_THAT(log.lines->back().second, Catch::Matchers::StartsWith("a handshake could not be resolved: "));

  clock->advance(std::chrono::seconds(60));
  authenticate(authenticator);
  REQUIRE(log.lines->size() == 2);
  CHECK_THAT(log.lines->back().second, ContainsSubstring(" (50 failures in "));
}

TEST_CASE_METHOD(ProductionFixture, "a response is readable for pages without an origin only if it sets cookies") {
  const auto [directive, origin] =
      GENERATE(table<std::string, std::string>({{"evil=1", ""}, {"__client_uat=0", "null"}}));
  setHandshake({directive});
  const clerk::RequestState state = authenticate();
  CHECK(headerOf(state, "access-control-allow-origin") == origin);
  CHECK(headerOf(state, "access-control-allow-credentials").empty() == origin.empty());
}

TEST_CASE_METHOD(ProductionFixture, "the last session of a handshake counts") {
  setHandshake({"__session=" + token(session("user_old")), "__session_naoXFJnI=" + token(session("user_new"))});
  CHECK(outcome() == "in user_new");
}

TEST_CASE_METHOD(ProductionFixture, "in production the cookies decide if a handshake cannot be resolved") {
  const std::string handshake =
      GENERATE_COPY(stranger().handshakeToken({"__session=" + token()}), std::string("bad"), token(),
                    issuer->handshakeToken({"__session=" + token(expiredSession())}),
                    issuer->handshakeToken({"__session=" + stranger().sessionToken(session())}),
                    issuer->handshakeToken({"__session=" + token(session("mch_1"))}));
  const bool bringsNothing = handshake == token();
  setHeader("Cookie", "__clerk_handshake=" + handshake);
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == (bringsNothing ? "out session-token-missing" : nothing));
  CHECK(valuesOf(state, "Set-Cookie").empty());
}

TEST_CASE_METHOD(ProductionFixture, "PR #9469: a template token is no handshake, and sets no cookie") {
  testing::TemplateTokenSpec spec;
  spec.claims = {{"handshake", Json::parse(R"(["__session=x; Path=/", "evil=1"])")}};
  setHeader("Cookie", "__clerk_handshake=" + production().templateToken(spec));
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == nothing);
  CHECK(valuesOf(state, "Set-Cookie").empty());
}

TEST_CASE_METHOD(ProductionFixture, "PR #9469: a token from a template is not accepted in a handshake") {
  setHandshake({"__session=" + production().templateToken()});
  CHECK(outcome() == nothing);
}

TEST_CASE_METHOD(ProductionFixture, "a handshake sets Clerk's cookies only") {
  setHandshake({"evil=1", "__Host-x=1", " __session=x", "__clerk_db_jwt=b", "__session=" + token()});
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "in user_1");
  CHECK(valuesOf(state, "Set-Cookie") == std::vector<std::string>{"__clerk_db_jwt=b", "__session=" + token()});
}

TEST_CASE_METHOD(ProductionFixture,
                 "a handshake with a malformed cookie, or one that would end the header, is rejected") {
  const std::string bad =
      GENERATE(as<std::string>(), "__session", "", "__clerk_x=1\r\nSet-Cookie: evil=1", "__clerk_x=1\n",
               std::string("__clerk_x=\0", 11), "__clerk_x=\t", "__clerk_x=\x7F", "__clerk_x=é");
  setHandshake({bad, "__session=" + token()});
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == nothing);
  CHECK(valuesOf(state, "Set-Cookie").empty());
}

TEST_CASE_METHOD(NonceFixture, "a handshake brings at most 50 cookies of 16 KiB") {
  const std::size_t limit = std::size_t{16} << 10;
  const auto [count, size, expected] = GENERATE_COPY(table<std::size_t, std::size_t, std::string>({
      {49, 20, "in user_1"},
      {50, 20, "out session-token-and-uat-missing"},
      {1, limit - 1, "in user_1"},
      {1, limit, "in user_1"},
      {1, limit + 1, "out session-token-and-uat-missing"},
  }));
  const std::string name = "__clerk_x=";
  std::vector<std::string> directives(count, name + std::string(size - name.size(), 'x'));
  directives.push_back("__session=" + token());
  answer(directives);
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(DevelopmentFixture, "in development the URL is cleaned of the handshake") {
  url += "&__clerk_help=1&__clerk_handshake_nonce=";
  setHandshake({"__session=" + token()});
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "in user_1");
  CHECK(headerOf(state, "location") == "https://app.example.com/p?q=1");
  CHECK(headerOf(state, "cache-control") == "no-store");
  REQUIRE(state.redirect());
  CHECK(state.redirect()->status == 307);
}

TEST_CASE_METHOD(DevelopmentFixture, "a redirect without cookies is neither stored nor opened to other origins") {
  setHandshake({});
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out session-token-missing");
  CHECK(headerOf(state, "location") == "https://app.example.com/p?q=1");
  CHECK(valuesOf(state, "Cache-Control") == std::vector<std::string>{"no-store"});
  CHECK(headerOf(state, "access-control-allow-origin").empty());
}

TEST_CASE_METHOD(DevelopmentFixture, "in development a handshake left in a cookie leads nowhere, not even in circles") {
  options.secretKey = "sk_test_secret";
  url = "https://app.example.com/p?q=1";
  const std::string handshake = issuer->handshakeToken({"__session=" + token(session("user_other"))});
  const std::string left =
      GENERATE_COPY(as<std::string>(), "__clerk_handshake_nonce=n", "__clerk_handshake=" + handshake);
  setHeader("Cookie", left + "; __clerk_db_jwt=b; __client_uat=1; __session=" + token());
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "in user_1");
  CHECK(state.headers().empty());
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(DevelopmentFixture, "where the public URL is unknown a handshake signs in without a redirect") {
  url = "/p?q=1";
  setHandshake({"__session=" + token()});
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "in user_1");
  CHECK_FALSE(state.redirect());
}

TEST_CASE_METHOD(DevelopmentFixture, "in development the clock may be a day off when a session is fresh") {
  const auto [spec, expected] = GENERATE(table<Spec, std::string>({
      {session("user_1", 86400), "in user_1"},
      {session("user_1", 86400 + 60), "handshake dev-browser-sync"},
      {session("user_1", -86400), "in user_1"},
      {session("user_1", -86401), "handshake dev-browser-sync"},
  }));
  setHandshake({"__session=" + token(spec)});
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(DevelopmentFixture, "in development a handshake token that is refused says why") {
  const auto [handshake, expected, why] = GENERATE(table<std::string, std::string, std::string>({
      {stranger().handshakeToken({}), "out token-invalid-signature", "the token's signature does not verify"},
      {"bad", "out token-invalid", "the token does not consist of three parts"},
      {development().templateToken(), "out token-invalid", "the token is of another category"},
  }));
  url += "&__clerk_handshake=" + handshake;
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == expected);
  CHECK(state.message() == "The handshake token could not be verified: " + why);
  CHECK(state.error());
}

TEST_CASE_METHOD(NonceFixture, "a nonce is exchanged at the Backend API for cookies") {
  options.apiUrl = GENERATE("https://api.test/base", "https://api.test/base/");
  answer({"__session=" + token()});
  CHECK(outcome() == "in user_1");
  REQUIRE(transport->requestCount() == 1);
  const http::Request request = transport->requests().front();
  CHECK(request.method == "GET");
  CHECK(request.url == "https://api.test/base/v1/clients/handshake_payload?nonce=a+b");
  for (const http::Header& header : request.headers) {
    CHECK(header.sensitive == (header.name == "Authorization"));
    if (header.sensitive) CHECK(header.value == "Bearer sk_live_secret");
  }
}

TEST_CASE_METHOD(NonceFixture, "a nonce is sent to Clerk once, because it is single-use") {
  bool once = false;
  transport->setHandler([&](const http::Request&, const http::Call& call) {
    once = call.once;
    return Error{Errc::reset, "the connection broke"};
  });
  CHECK(outcome() == "out session-token-missing");
  CHECK(once);
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(NonceFixture, "a nonce comes before a handshake token") {
  headers.front().second += "; __clerk_handshake=" + production().handshakeToken({"__session=" + token()});
  answer({"__session=" + token(session("user_nonce"))});
  CHECK(outcome() == "in user_nonce");
}

TEST_CASE_METHOD(ProductionFixture, "in production a link cannot sign in as another user") {
  options.secretKey = "sk_live_secret";
  const std::string handshake = issuer->handshakeToken({"__session=" + token(session("user_evil"))});
  url += GENERATE_COPY(as<std::string>(), "&__clerk_handshake_nonce=n", "&__clerk_handshake=" + handshake);
  SECTION("who is not signed in") { CHECK(outcome() == nothing); }
  SECTION("who is") {
    setHeader("Cookie", "__client_uat=1; __session=" + token());
    CHECK(outcome() == "in user_1");
  }
  SECTION("who comes back from Clerk") {
    setHandshake({"__session=" + token()});
    CHECK(outcome() == "in user_1");
  }
  CHECK(valuesOf(authenticate(), "Location").empty());
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(NonceFixture, "a nonce that Clerk rejects is ignored, one that cannot be verified may be valid") {
  const auto [status, body, expected] = GENERATE(table<int, std::string, std::string>({
      {404, "{}", nothing},
      {400, "{}", nothing},
      {410, "{}", nothing},
      {422, "{}", nothing},
      {200, "{}", "out session-token-missing"},
      {200, R"({"directives":"x"})", "out session-token-missing"},
      {200, "[", "unavailable"},
      {401, "{}", "unavailable"},
      {429, "{}", "unavailable"},
      {500, "", "unavailable"},
  }));
  CAPTURE(status, body);
  transport->pushJson(status, body);
  const clerk::RequestState state = authenticate();
  const bool mayBeGood = expected == "unavailable";
  CHECK(outcomeOf(state) == (mayBeGood ? "out session-token-missing" : expected));
  CHECK(state.error().has_value() == mayBeGood);
  if (mayBeGood) {
    CHECK(state.error()->kind() == ErrorKind::unavailable);
    CHECK(state.message() == "the nonce of the handshake could not be verified at Clerk");
  }
  CHECK_FALSE(state.message().empty());
  CHECK(headerOf(state, "x-clerk-auth-message") == state.message());
}

TEST_CASE_METHOD(NonceFixture, "a good session survives a nonce that leads nowhere") {
  headers.front().second += "; __client_uat=1; __session=" + token();
  const int status = GENERATE(404, 410, 500, 401);
  transport->pushJson(status, "{}");
  CHECK(outcome() == "in user_1");
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(NonceFixture, "with a rejected nonce the cookies decide, and the message mentions the nonce") {
  const auto [cookies, expected] = GENERATE_COPY(table<std::string, std::string>({
      {"", "out session-token-and-uat-missing"},
      {"__client_uat=1", "handshake client-uat-but-no-session-token"},
      {"__session=" + token(), "handshake session-token-but-no-client-uat"},
      {"__client_uat=1; __session=" + token(expiredSession()),
       "handshake session-token-expired-refresh-non-eligible-no-refresh-cookie"},
      {"__client_uat=1; __session=bad", "out token-invalid"},
  }));
  headers.front().second += "; " + cookies;
  transport->pushJson(404, "{}");
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == expected);
  CHECK_FALSE(state.message().empty());
  CHECK(state.redirect().has_value() == (expected.find("handshake") == 0));
}

TEST_CASE_METHOD(NonceFixture, "a page is not redirected to Clerk again if Clerk cannot be reached") {
  headers.front().second += "; __client_uat=1";
  transport->pushJson(500, "");
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out session-token-missing");
  CHECK(state.error()->kind() == ErrorKind::unavailable);
}

TEST_CASE_METHOD(NonceFixture, "a nonce that a script carries is a left-over, and not spent") {
  headers = {{"Cookie", "__clerk_handshake_nonce=n; __client_uat=1; __session=" + token()}};
  const auto [name, value] = GENERATE(table<std::string, std::string>({
      {"Sec-Fetch-Dest", "empty"},
      {"Accept", "*/*"},
      {"Accept", "application/json"},
  }));
  setHeader(name, value);
  CHECK(outcome() == "in user_1");
  method = "POST";
  CHECK(outcome() == "in user_1");
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(ProductionFixture,
                 "a handshake token that a script carries is a left-over: no sign-out undoes a session") {
  headers = {{"Sec-Fetch-Dest", "empty"}};
  setHeader("Cookie", "__clerk_handshake=" + issuer->handshakeToken({"__session=; Max-Age=0", "__client_uat=0"}) +
                          "; __client_uat=1; __session=" + token());
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "in user_1");
  CHECK(state.headers().empty());
}

TEST_CASE_METHOD(DevelopmentFixture,
                 "in development a refused nonce is taken out of the URL, and the cookies decide then") {
  options.secretKey = "sk_test_secret";
  url = "https://app.example.com/p?q=1&__clerk_handshake_nonce=n";
  transport->pushJson(404, "{}");
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out session-token-missing");
  CHECK(state.message() == "Clerk rejected the nonce of the handshake");
  CHECK(headerOf(state, "location") == "https://app.example.com/p?q=1");
  url = "/p?q=1&__clerk_handshake_nonce=n";
  setHeader("Cookie", "__clerk_db_jwt=b; __client_uat=1; __session=" + token());
  transport->pushJson(404, "{}");
  CHECK(outcome() == "in user_1");
}

TEST_CASE_METHOD(NonceFixture, "without a secret key, a transport or time no nonce is sent to Clerk") {
  SECTION("secret key") { options.secretKey = {}; }
  SECTION("transport") { transport = nullptr; }
  SECTION("time") {
    const clerk::RequestState state = authenticate(authenticator(), std::chrono::steady_clock::now());
    CHECK(state.error()->code == Errc::timeout);
  }
  const auto peer = transport;
  const clerk::RequestState state = authenticate(authenticator(), std::chrono::steady_clock::now());
  CHECK(outcomeOf(state) == "out session-token-missing");
  CHECK(state.error()->kind() == ErrorKind::unavailable);
  if (peer != nullptr) CHECK(peer->requestCount() == 0);
}

TEST_CASE_METHOD(NonceFixture, "a nonce of more than 512 bytes is not sent to Clerk") {
  const auto [size, requests] = GENERATE(table<std::size_t, std::size_t>({{511, 1}, {512, 1}, {513, 0}}));
  headers.front().second = "__clerk_handshake_nonce=" + std::string(size, 'n');
  transport->pushJson(404, "{}");
  CHECK(outcome() == nothing);
  CHECK(transport->requestCount() == requests);
}
