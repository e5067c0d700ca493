#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include "both_forms.hpp"
#include "catch.hpp"
#include "log_lines.hpp"
#include "verifier_fixture.hpp"

using namespace liveblocks;
using clerk::KeySource;
using clerk::SessionVerifier;
using liveblocks_tests::BothForms;
using liveblocks_tests::VerifierFixture;

namespace {

constexpr Errc accepted{};

struct RemoteFixture : VerifierFixture {
  BothForms form;
  std::shared_ptr<testing::FakeTransport> transport = fake();

  std::shared_ptr<testing::FakeTransport> fake() const {
    auto result = std::make_shared<testing::FakeTransport>();
    result->setScheduler(form.scheduler());
    return result;
  }

  Result<clerk::SessionClaims> verify(const SessionVerifier& verifier, const std::string& token,
                                      std::optional<Deadline> deadline = {}) const {
    return form.run<Result<clerk::SessionClaims>>([&] { return verifier.verify(token, deadline); },
                                                  [&](auto done) { verifier.verifyAsync(token, done, {deadline}); });
  }

  Result<clerk::SessionClaims> authenticate(const SessionVerifier& verifier,
                                            const http::ReceivedRequest& request) const {
    return form.run<Result<clerk::SessionClaims>>([&] { return verifier.authenticate(request); },
                                                  [&](auto done) { verifier.authenticateAsync(request, done); });
  }

  Result<void> refresh(const SessionVerifier& verifier) const {
    return form.run<Result<void>>([&] { return verifier.refreshKeys(); },
                                  [&](auto done) { verifier.refreshKeysAsync(done); });
  }

  SessionVerifier remote(std::string_view apiUrl = "https://api.clerk.com") const {
    return SessionVerifier(KeySource::backendApi("sk_test_secret", apiUrl, transport), options);
  }

  std::string token() const { return issuer().sessionToken(spec); }

  std::string tokenWithKeyId(Claim keyId) {
    spec.header = {{"kid", std::move(keyId)}};
    return token();
  }
};

}  // namespace

TEST_CASE_METHOD(RemoteFixture, "keys are fetched from the Backend API with the secret key, once") {
  transport->pushJson(200, issuer().jwks());
  const SessionVerifier verifier = remote(GENERATE("https://api.test/base", "https://api.test/base/"));
  CHECK(transport->requestCount() == 0);
  CHECK(codeOf(verify(verifier, token())) == accepted);
  CHECK(codeOf(verify(verifier, token())) == accepted);
  CHECK(codeOf(verify(SessionVerifier(verifier), token())) == accepted);
  REQUIRE(transport->requestCount() == 1);
  const http::Request request = transport->requests().front();
  CHECK(request.method == "GET");
  CHECK(request.url == "https://api.test/base/v1/jwks");
  CHECK(request.body.empty());
  for (const http::Header& header : request.headers) {
    CHECK(header.sensitive == (header.name == "Authorization"));
    if (header.sensitive) CHECK(header.value == "Bearer sk_test_secret");
    if (header.name == "Clerk-API-Version") CHECK(header.value >= "2025-11-10");
  }
  CHECK(request.headers.size() == 3);
}

TEST_CASE_METHOD(RemoteFixture, "keys are fetched from the Frontend API without a secret") {
  transport->pushJson(200, issuer().jwks());
  const SessionVerifier verifier(KeySource::frontendApi(issuer().publishableKey(), transport), options);
  CHECK(codeOf(verify(verifier, token())) == accepted);
  const http::Request request = transport->requests().front();
  CHECK(request.url == "https://clerk.example.com/.well-known/jwks.json");
  for (const http::Header& header : request.headers) CHECK(header.name != "Authorization");
}

TEST_CASE_METHOD(RemoteFixture, "tokens that name no key, or not as a string, cause no fetch") {
  CHECK(codeOf(verify(remote(), tokenWithKeyId(std::nullopt))) == Errc::unknownKey);
  CHECK(codeOf(verify(remote(), tokenWithKeyId(Json(5)))) == Errc::malformed);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(RemoteFixture, "a header out of order costs no fetch") {
  spec.header = {{"alg", Json("none")}};
  CHECK(codeOf(verify(remote(), token())) == Errc::unsupportedAlgorithm);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(RemoteFixture, "a bad signature under a known key costs no fetch") {
  transport->pushJson(200, issuer().jwks());
  const SessionVerifier verifier = remote();
  CHECK(codeOf(verify(verifier, token())) == accepted);
  clock->advance(std::chrono::seconds(40));
  const testing::ClerkIssuer forger;
  for (int i = 0; i < 10; ++i) CHECK(codeOf(verify(verifier, forger.sessionToken(spec))) == Errc::badSignature);
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(RemoteFixture, "ids of unknown keys are ordinary strings") {
  transport->pushJson(200, issuer().jwks());
  const SessionVerifier verifier = remote();
  for (const char* id : {"__proto__", "constructor", "toString", "", "ins_other"}) {
    CHECK(codeOf(verify(verifier, tokenWithKeyId(Json(id)))) == Errc::unknownKey);
  }
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(RemoteFixture, "a PEM ignores the key id, a fixed key set goes by it") {
  const SessionVerifier pem(KeySource::pem(issuer().publicKeyPem()), options);
  const SessionVerifier fixed(KeySource::jwks(issuer().jwks()), options);
  CHECK(codeOf(verify(fixed, token())) == accepted);
  CHECK(codeOf(verify(pem, tokenWithKeyId(Json("other")))) == accepted);
  CHECK(codeOf(verify(fixed, tokenWithKeyId(Json("other")))) == Errc::unknownKey);
  CHECK(codeOf(verify(pem, tokenWithKeyId(std::nullopt))) == accepted);
  CHECK(codeOf(verify(fixed, tokenWithKeyId(std::nullopt))) == Errc::unknownKey);
  CHECK(refresh(pem));
  CHECK(refresh(fixed));
}

TEST_CASE_METHOD(RemoteFixture, "PR #9394: verifiers with one key id and different keys stay apart") {
  const testing::ClerkIssuer twin;
  const auto twins = fake();
  transport->pushJson(200, issuer().jwks());
  twins->pushJson(200, twin.jwks());
  const SessionVerifier first = remote();
  const SessionVerifier second(KeySource::backendApi("sk_test_other", "https://api.clerk.com", twins), options);
  CHECK(codeOf(verify(first, token())) == accepted);
  CHECK(codeOf(verify(second, token())) == Errc::badSignature);
  CHECK(codeOf(verify(second, twin.sessionToken(spec))) == accepted);
  CHECK(codeOf(verify(first, twin.sessionToken(spec))) == Errc::badSignature);
}

TEST_CASE_METHOD(RemoteFixture, "keys that cannot be fetched are not an error of the token") {
  const auto [status, body, code] = GENERATE(table<int, std::string, Errc>({
      {200, "{}", Errc::keysUnavailable},
      {200, R"({"keys":[]})", Errc::keysUnavailable},
      {200, "<html></html>", Errc::keysUnavailable},
      {302, "", Errc::keysUnavailable},
      {404, "", Errc::keysUnavailable},
      {401, R"({"errors":[{"code":"clerk_key_invalid"}]})", Errc::secretKeyRejected},
  }));
  CAPTURE(status, body);
  transport->pushJson(status, body);
  const auto claims = verify(remote(), token());
  REQUIRE_FALSE(claims);
  CHECK(claims.error().code == code);
  CHECK(claims.error().kind() == ErrorKind::unavailable);
  CHECK(claims.error().upstreamStatus == status);
  CHECK(claims.error().message.find("secret") == std::string::npos);
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(RemoteFixture, "two failures and a success make a success") {
  transport->pushJson(503, "");
  transport->pushJson(503, "");
  transport->pushJson(200, issuer().jwks());
  CHECK(codeOf(verify(remote(), token())) == accepted);
  CHECK(transport->requestCount() == 3);
}

TEST_CASE_METHOD(RemoteFixture, "a server that never responds delays the call until the deadline and no longer") {
  transport->setHandler([](const http::Request&, const http::Call& call) -> Result<http::Response> {
    std::this_thread::sleep_until(call.deadline);
    return Error{Errc::timeout, {}};
  });
  const auto claims = verify(remote(), token(), std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
  CHECK(codeOf(claims) == Errc::timeout);
  CHECK(claims.error().kind() == ErrorKind::unavailable);
}

TEST_CASE_METHOD(RemoteFixture, "verifyLocally never fetches") {
  transport->pushJson(200, issuer().jwks());
  const SessionVerifier verifier = remote();
  CHECK(codeOf(verifier.verifyLocally(token())) == Errc::keysUnavailable);
  CHECK(transport->requestCount() == 0);
  CHECK(refresh(verifier));
  CHECK(codeOf(verifier.verifyLocally(token())) == accepted);
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(RemoteFixture, "failures to fetch keys are logged without the secret") {
  std::string lines;
  options.log = [&](LogLevel, std::string_view line) {
    lines += line;
    throw std::runtime_error("a log that throws");
  };
  transport->pushJson(401, "sk_test_secret");
  CHECK(codeOf(verify(remote(), token())) == Errc::secretKeyRejected);
  CHECK_THAT(lines, ContainsSubstring("keys from https://api.clerk.com/v1/jwks failed") &&
                        ContainsSubstring("Clerk refused CLERK_SECRET_KEY: check") && ContainsSubstring("401"));
  CHECK(lines.find("sk_test") == std::string::npos);
}

TEST_CASE_METHOD(RemoteFixture, "a set that is not there is told with its address") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  transport->pushJson(404, "");
  CHECK(codeOf(verify(SessionVerifier(KeySource::frontendApi(issuer().publishableKey(), transport), options),
                      token())) == Errc::keysUnavailable);
  REQUIRE(log.lines->size() == 1);
  CHECK_THAT(
      log.lines->front().second,
      ContainsSubstring("from https://clerk.example.com/.well-known/jwks.json failed, attempt 1: the response has "
                        "status 404: is there still an instance of that publishable key?"));
}

TEST_CASE_METHOD(RemoteFixture, "keys that are slower than the default come where the deadline allows") {
  Deadline limit;
  transport->setHandler([&](const http::Request&, const http::Call& call) {
    limit = call.deadline;
    return testing::jsonResponse(200, issuer().jwks());
  });
  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  CHECK(codeOf(verify(remote(), token(), deadline)) == accepted);
  CHECK(limit == deadline);
  options.keyCache.fetchTimeout = std::chrono::seconds(2);
  CHECK(codeOf(verify(remote(), token(), deadline)) == accepted);
  CHECK(limit <= std::chrono::steady_clock::now() + std::chrono::seconds(2));
}

TEST_CASE_METHOD(RemoteFixture, "a verifier may be destroyed while it fetches keys on another thread") {
  std::mutex mutex;
  std::condition_variable changed;
  bool asked = false;
  bool destroyed = false;
  transport->setHandler([&](const http::Request&, const http::Call&) {
    std::unique_lock lock(mutex);
    asked = true;
    changed.notify_all();
    changed.wait(lock, [&] { return destroyed; });
    return testing::jsonResponse(200, issuer().jwks());
  });
  auto verifier = std::make_unique<SessionVerifier>(remote());
  Errc code = Errc::internal;
  std::thread caller([&, text = token()] { code = codeOf(verifier->verify(text)); });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return asked; });
    verifier.reset();
    destroyed = true;
    changed.notify_all();
  }
  caller.join();
  CHECK(code == accepted);
}

TEST_CASE_METHOD(RemoteFixture, "requests without a token are told apart") {
  CHECK(codeOf(authenticate(remote(), {"GET", "/", {}})) == Errc::noToken);
  CHECK(codeOf(authenticate(remote(), {"GET", "/", {{"Authorization", "Bearer a b"}}})) == Errc::malformed);
  CHECK(codeOf(verify(remote(), "")) == Errc::malformed);
}
