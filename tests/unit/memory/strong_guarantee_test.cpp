// Calls that run out of memory leave everything as it was: the same objects serve the next call, OpenSSL's error queue
// is as the host left it, a wrong credential is never accepted, and an asynchronous call ends once or has thrown.

#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/ably/token_request_signer.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include "../faults/site.hpp"
#include "../webhooks/fixture.hpp"
#include "failing_allocation.hpp"
#include "foreign_error.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using namespace liveblocks_tests;

namespace {

/// The job is done for each allocation, which fails alone, and for some of them, which fail with all that follow, and
/// then once more.
void surviveWithoutMemory(Verdict expected, const std::function<Job()>& prepare) {
  constexpr std::size_t manyAllocations = 20'000;
  for (const auto want : {FailingAllocation::Want::brief, FailingAllocation::Want::lasting}) {
    const std::size_t step = want == FailingAllocation::Want::brief ? 1 : 5;
    bool hasFailed = true;
    for (std::size_t number = 0; hasFailed; number += step) {
      CAPTURE(number, want == FailingAllocation::Want::lasting);
      REQUIRE(number < manyAllocations);
      const Job job = prepare();
      const ForeignError foreign;
      Verdict verdict = Verdict::failed;
      {
        const FailingAllocation failing(number, want);
        verdict = verdictOf(job);
        hasFailed = FailingAllocation::hasHappened();
      }
      CHECK(ForeignError::isAlone());
      if (expected != Verdict::accepted) CHECK(verdict != Verdict::accepted);
      CHECK(verdictOf(job) == expected);
    }
  }
}

/// `act` with a site of its own. After a failure to fetch the key there is a back-off, which is over next time.
void surviveWithoutMemoryAt(Verdict expected, bool hasKey, const std::function<Verdict(const Site& site)>& act) {
  surviveWithoutMemory(expected, [&]() -> Job {
    return [&, site = std::make_shared<Site>(hasKey)] {
      site->clock->advance(std::chrono::minutes(2));
      return act(*site);
    };
  });
  CHECK(Site::brokenCalls() == 0);
}

Verdict verdictOnToken(const lb::AuthResponse& response) {
  return response.status == 200 ? Verdict::accepted : Verdict::failed;
}

}  // namespace

TEST_CASE("after a lack of memory a verifier verifies as before") {
  const Credential credential = validOrForged();
  const bool isAsync = GENERATE(false, true);
  surviveWithoutMemoryAt(credential.expected, false, [&](const Site& site) {
    const auto verifier = site.client.sessionVerifier();
    if (!isAsync) return verdictOn(verifier.verify(credential.token));
    return verdictOn(site.ended<lb::Result<clerk::SessionClaims>>(
        [&](auto done) { verifier.verifyAsync(credential.token, std::move(done)); }));
  });
}

TEST_CASE("after a lack of memory keys are fetched as before") {
  const bool isAsync = GENERATE(false, true);
  surviveWithoutMemoryAt(Verdict::accepted, false, [&](const Site& site) {
    const auto refresh = [&] {
      if (!isAsync) return site.client.refreshKeys();
      return site.ended<lb::Result<void>>([&](auto done) { site.client.refreshKeysAsync(std::move(done)); });
    };
    return refresh() ? Verdict::accepted : Verdict::failed;
  });
}

TEST_CASE("after a lack of memory an authenticator authenticates as before") {
  const Credential credential = validOrForged();
  const bool isAsync = GENERATE(false, true);
  const auto request = requestWith(credential.token);
  surviveWithoutMemoryAt(credential.expected, true, [&](const Site& site) {
    const auto authenticator = site.client.requestAuthenticator();
    if (!isAsync) return verdictOnState(authenticator.authenticate(request.view()));
    return verdictOnState(
        site.ended<clerk::RequestState>([&](auto done) { authenticator.authenticateAsync(request, std::move(done)); }));
  });
}

TEST_CASE("after a lack of memory an endpoint responds as before") {
  const Credential credential = validOrForged();
  const bool isAsync = GENERATE(false, true);
  const auto request = requestWith(credential.token, R"({"room":"r"})");
  surviveWithoutMemoryAt(credential.expected, true, [&](const Site& site) {
    const auto endpoint = site.endpoint();
    if (!isAsync) return verdictOnStatus(endpoint.handle(request.view()));
    return verdictOnStatus(
        site.ended<lb::http::Response>([&](auto done) { endpoint.handleAsync(request, std::move(done)); }));
  });
}

TEST_CASE("after a lack of memory tokens are issued as before") {
  const bool isAsync = GENERATE(false, true);
  SECTION("with permissions") {
    surviveWithoutMemoryAt(Verdict::accepted, true, [&](const Site& site) {
      lb::Session session = site.liveblocksClient().prepareSession("bob");
      session.allow("room", lb::FULL_ACCESS);
      if (!isAsync) return verdictOnToken(session.authorize());
      return verdictOnToken(site.ended<lb::AuthResponse>([&](auto done) { session.authorizeAsync(std::move(done)); }));
    });
  }
  SECTION("of an identity") {
    surviveWithoutMemoryAt(Verdict::accepted, true, [&](const Site& site) {
      const lb::Liveblocks client = site.liveblocksClient();
      if (!isAsync) return verdictOnToken(client.identifyUser({"bob"}));
      return verdictOnToken(
          site.ended<lb::AuthResponse>([&](auto done) { client.identifyUserAsync({"bob"}, {}, std::move(done)); }));
    });
  }
}

TEST_CASE("after a lack of memory rooms are listed as before") {
  const bool isAsync = GENERATE(false, true);
  surviveWithoutMemoryAt(Verdict::accepted, true, [&](const Site& site) {
    const lb::Liveblocks client = site.liveblocksClient();
    if (!isAsync) return verdictOn(client.getRooms());
    return verdictOn(
        site.ended<lb::Result<lb::RoomPage>>([&](auto done) { client.getRoomsAsync({}, {}, std::move(done)); }));
  });
}

TEST_CASE("after a lack of memory users are looked up as before") {
  const bool isAsync = GENERATE(false, true);
  surviveWithoutMemoryAt(Verdict::accepted, true, [&](const Site& site) {
    const clerk::Users users = site.client.users();
    if (!isAsync) return verdictOn(users.get("user_1"));
    return verdictOn(
        site.ended<lb::Result<clerk::User>>([&](auto done) { users.getAsync("user_1", std::move(done)); }));
  });
}

TEST_CASE("after a lack of memory webhooks are verified as before") {
  const bool isForged = GENERATE(false, true);
  webhooks_tests::Delivery delivery;
  if (isForged) delivery.body += ' ';
  const webhooks_tests::webhooks::Verifier verifier(webhooks_tests::optionsAt(webhooks_tests::sentAt));
  surviveWithoutMemory(isForged ? Verdict::refused : Verdict::accepted,
                       [&]() -> Job { return [&] { return verdictOn(webhooks_tests::verify(verifier, delivery)); }; });
}

TEST_CASE("after a lack of memory Ably's tokens are signed as before") {
  constexpr const char* apiKey = "abcdef.ghijkl:0123456789abcdefghij";
  const auto bob = lb::ably::ClientId::named("bob").value();
  const auto capability = lb::ably::Capability::of({{"room", {lb::ably::Operation::subscribe}}}).value();
  const lb::ably::JwtSigner jwts(apiKey);
  const lb::ably::TokenRequestSigner requests(apiKey);
  surviveWithoutMemory(Verdict::accepted, [&]() -> Job {
    return [&] { return verdictOn(jwts.sign({bob, capability})); };
  });
  surviveWithoutMemory(Verdict::accepted, [&]() -> Job {
    return [&] { return verdictOn(requests.sign({bob, capability})); };
  });
}
