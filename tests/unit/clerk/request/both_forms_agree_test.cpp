// The blocking and the asynchronous form of an authenticator decide the same about many requests, with the same
// requests to Clerk and the same lines in the log.

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "log_lines.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::BothForms;
using liveblocks_tests::Form;
using liveblocks_tests::RequestFixture;

namespace {

using Header = std::pair<std::string, std::string>;

/// All that an observer sees of one authentication.
struct Observation {
  std::string state;
  std::vector<std::string> requests;
  std::vector<std::pair<LogLevel, std::string>> lines;
};

std::string describe(const clerk::RequestState& state) {
  std::string text = RequestFixture::outcomeOf(state) + " | " + state.message();
  if (state.error()) {
    text += " | " + std::to_string(static_cast<int>(state.error()->code)) + " " + state.error()->message + " " +
            std::to_string(state.error()->upstreamStatus);
  }
  if (state.machineToken()) text += " | " + state.machineToken()->subject;
  text += " | " + std::to_string(state.tokenType() ? static_cast<int>(*state.tokenType()) : -1);
  for (const http::Header& header : state.headers()) text += "\n" + header.name + ": " + header.value;
  return text;
}

/// What Clerk does in a test.
enum class Clerk { responds, fails, rejectsSecretKey, isCancelled };

struct World {
  const testing::ClerkIssuer* instance = &RequestFixture::production();
  Clerk clerk = Clerk::responds;
  bool hasSecretKey = true;
  bool hasPem = false;
};

Result<http::Response> respond(const World& world, const http::Request& request) {
  if (world.clerk == Clerk::isCancelled) return Error{Errc::cancelled, "stopped"};
  if (world.clerk == Clerk::rejectsSecretKey) return testing::jsonResponse(401, "{}");
  // Not one of the statuses after which a request is repeated.
  if (world.clerk == Clerk::fails) return testing::jsonResponse(501, "{}");
  const auto asks = [&](const char* path) { return request.url.find(path) != std::string::npos; };
  if (asks("/jwks")) return testing::jsonResponse(200, world.instance->jwks());
  if (asks("nonce=good")) {
    return testing::jsonResponse(200, R"({"directives":["__session=)" +
                                          world.instance->sessionToken(RequestFixture::session()) +
                                          R"(; Path=/","__client_uat=1"]})");
  }
  if (asks("nonce=odd")) return testing::jsonResponse(200, R"({"directives":["a\u0000b"]})");
  if (asks("/api_keys/verify")) {
    return testing::jsonResponse(200, R"({"object":"api_key","id":"ak_1","subject":"user_2","scopes":[],)"
                                      R"("revoked":false,"expired":false,"claims":null})");
  }
  return testing::jsonResponse(404, "{}");
}

Observation observe(Form form, const World& world, const RequestFixture& request) {
  RequestFixture fixture(*world.instance, BothForms(form));
  fixture.method = request.method;
  fixture.url = request.url;
  fixture.headers = request.headers;
  const liveblocks_tests::LogLines log;
  fixture.options.log = log.callback();
  fixture.options.acceptsToken = clerk::AcceptedTokens::any();
  const bool isDevelopment = world.instance == &RequestFixture::development();
  const std::string secretKey = isDevelopment ? "sk_test_x" : "sk_live_x";
  if (world.hasSecretKey) fixture.options.secretKey = secretKey;
  fixture.transport->setHandler([&](const http::Request& sent, const http::Call&) { return respond(world, sent); });
  const clerk::KeySource keys = world.hasPem
                                    ? clerk::KeySource::pem(world.instance->publicKeyPem())
                                    : clerk::KeySource::backendApi(secretKey, "https://api.test", fixture.transport);
  const clerk::RequestAuthenticator authenticator(keys, fixture.options, fixture.transport);
  Observation seen;
  // Twice: before and after there are keys, or a back-off.
  for (int i = 0; i < 2; ++i) seen.state += describe(fixture.authenticate(authenticator)) + "\n\n";
  for (const http::Request& sent : fixture.transport->requests()) {
    seen.requests.push_back(sent.method + " " + sent.url);
  }
  seen.lines = *log.lines;
  return seen;
}

std::vector<std::string> tokensOf(const testing::ClerkIssuer& instance) {
  auto sessionOf = [&](const RequestFixture::Spec& spec) { return instance.sessionToken(spec); };
  RequestFixture::Spec pending = RequestFixture::session();
  pending.claims = {{"sts", Json("pending")}};
  return {sessionOf(RequestFixture::session()),
          sessionOf(RequestFixture::session("user_1", -20)),
          sessionOf(RequestFixture::expiredSession()),
          sessionOf(pending),
          sessionOf(RequestFixture::sessionWithHeader("kid", Json("other"))),
          sessionOf(RequestFixture::sessionWithHeader("alg", Json("none"))),
          RequestFixture::stranger().sessionToken(RequestFixture::session()),
          "junk",
          "e30.e30.e30",
          ""};
}

/// The headers of requests, without those that say what the request is for.
std::vector<std::vector<Header>> headersFor(const testing::ClerkIssuer& instance) {
  std::vector<std::vector<Header>> all{{}};
  const std::vector<std::string> tokens = tokensOf(instance);
  for (const std::string& token : tokens) {
    all.push_back({{"Authorization", "Bearer " + token}});
    for (const char* uat : {"", "; __client_uat=1735689600"}) {
      const std::string others = std::string(uat) + "; __clerk_db_jwt=b";
      std::string cookies = "__session=" + token;
      all.push_back({{"Cookie", cookies + others}});
      cookies.append("; __session_naoXFJnI=").append(tokens[0]);
      all.push_back({{"Cookie", cookies + others}});
    }
    const std::string directive = "__session=" + token + "; Path=/";
    all.push_back({{"Cookie", "__clerk_handshake=" + instance.handshakeToken({directive, "__client_uat=1"})}});
  }
  for (const char* opaque : {"ak_1", "mt_1", "oat_1", "ak_\"", "ak_a b"}) {
    all.push_back({{"Authorization", std::string("Bearer ") + opaque}});
  }
  all.push_back({{"Authorization", "Bearer " + instance.oauthToken()}});
  all.push_back({{"Authorization", "Bearer " + instance.m2mToken()}});
  for (const char* nonce : {"good", "odd", "unknown"}) {
    all.push_back({{"Cookie", std::string("__clerk_handshake_nonce=") + nonce}});
    all.push_back(
        {{"Cookie", std::string("__clerk_handshake_nonce=") + nonce + "; __client_uat=1; __session=" + tokens[0]}});
  }
  all.push_back({{"Cookie", "__clerk_handshake=" + RequestFixture::stranger().handshakeToken({})}});
  return all;
}

/// Sorted: effects of a pass are told at its end, so the order may differ. The end of some lines is a time that chance
/// decides.
std::vector<std::pair<LogLevel, std::string>> comparable(std::vector<std::pair<LogLevel, std::string>> lines) {
  for (auto& line : lines) line.second = line.second.substr(0, line.second.find("; no further attempt"));
  std::sort(lines.begin(), lines.end());
  return lines;
}

void compare(const World& world, const RequestFixture& request) {
  const Observation blocking = observe(Form::blocking, world, request);
  const Observation asynchronous = observe(Form::asynchronous, world, request);
  REQUIRE(asynchronous.state == blocking.state);
  REQUIRE(asynchronous.requests == blocking.requests);
  REQUIRE(comparable(asynchronous.lines) == comparable(blocking.lines));
}

}  // namespace

TEST_CASE("both forms of an authenticator decide the same, send the same and log the same") {
  World world;
  world.instance = GENERATE(&RequestFixture::production(), &RequestFixture::development());
  SECTION("Clerk responds") {}
  SECTION("Clerk fails") { world.clerk = Clerk::fails; }
  SECTION("Clerk rejects the secret key") { world.clerk = Clerk::rejectsSecretKey; }
  SECTION("the transport is stopped") { world.clerk = Clerk::isCancelled; }
  SECTION("there is no secret key") { world.hasSecretKey = false; }
  SECTION("there is a PEM") { world.hasPem = true; }
  RequestFixture request(*world.instance, BothForms(Form::blocking));
  for (const auto& headers : headersFor(*world.instance)) {
    for (const bool isPage : {true, false}) {
      request.headers = headers;
      if (isPage) request.setDocument();
      compare(world, request);
    }
  }
}

TEST_CASE("both forms agree about handshakes in URLs of development instances") {
  World world;
  world.instance = &RequestFixture::development();
  world.clerk = GENERATE(Clerk::responds, Clerk::fails);
  RequestFixture request(*world.instance, BothForms(Form::blocking));
  const std::string handshake = world.instance->handshakeToken(
      {"__session=" +
       world.instance->sessionToken(GENERATE(RequestFixture::session(), RequestFixture::expiredSession()))});
  for (const std::string& query :
       {"__clerk_handshake=" + handshake, std::string("__clerk_handshake_nonce=good"),
        std::string("__clerk_handshake_nonce=unknown"), std::string("__clerk_handshake=junk")}) {
    request.url = "https://app.example.com/p?q=1&__clerk_db_jwt=b&" + query;
    request.headers.clear();
    request.setDocument();
    compare(world, request);
  }
}
