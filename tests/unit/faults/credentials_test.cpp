// Whole credentials, checked while OpenSSL fails: never accepted wrongly, and the next one is checked as usual.

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tokens.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::Credential;
using liveblocks_tests::issuer;
using liveblocks_tests::Job;
using liveblocks_tests::surviveEachFault;
using liveblocks_tests::validOrForged;
using liveblocks_tests::Verdict;
using liveblocks_tests::verdictOn;

namespace {

const std::string& jwks() {
  static const std::string text = issuer().jwks();
  return text;
}

/// A Clerk and a Liveblocks of this process, and a site that uses both. It knows the key, or fetches it.
struct Site {
  explicit Site(bool knowsKey) : hasKey(knowsKey) {}

  bool hasKey;
  std::shared_ptr<lb::testing::ManualClock> clock =
      std::make_shared<lb::testing::ManualClock>(std::chrono::system_clock::now());
  std::shared_ptr<lb::testing::ManualScheduler> scheduler = std::make_shared<lb::testing::ManualScheduler>();
  std::shared_ptr<lb::testing::FakeClerk> clerkApi = std::make_shared<lb::testing::FakeClerk>(issuer());
  std::shared_ptr<lb::testing::FakeLiveblocks> liveblocksApi = std::make_shared<lb::testing::FakeLiveblocks>();
  clerk::Client client = makeClient();

  clerk::Client makeClient() const {
    clerkApi->addUser({"user_1"});
    // It would ask OpenSSL for the numbers of the key each time.
    clerkApi->respondNext("/v1/jwks", lb::testing::jsonResponse(200, jwks()), 1'000'000);
    clerkApi->setScheduler(scheduler);
    liveblocksApi->setScheduler(scheduler);
    clerk::ClientOptions options;
    options.publishableKey = issuer().publishableKey();
    if (hasKey) options.jwtKey = issuer().publicKeyPem();
    options.secretKey = clerkApi->secretKey();
    options.tokenCache.capacity = 10;
    options.clock = clock;
    return clerk::Client(options, clerkApi);
  }

  lb::AuthEndpoint endpoint() const {
    lb::LiveblocksOptions options;
    options.secret = liveblocksApi->secretKey();
    const lb::Liveblocks liveblocksClient(options, liveblocksApi);
    const auto decide = [](const lb::Caller&, const auto& room) {
      return lb::Decision().allow(room.value(), lb::READ_ACCESS);
    };
    return {liveblocksClient, lb::clerkIdentity(client.sessionVerifier(), client.users()), decide};
  }

  /// What an asynchronous call comes to. It ends once, or throws.
  template <class T>
  T ended(const std::function<void(lb::Callback<T>)>& start) const {
    std::optional<T> outcome;
    int calls = 0;
    start([&](T value) {
      ++calls;
      outcome.emplace(std::move(value));
    });
    scheduler->runUntil((lb::Deadline::max)());
    CHECK(calls == 1);
    return std::move(outcome).value();
  }
};

/// `act` with a site of its own. After a failure to fetch the key there is a back-off, which is over next time.
void surviveEachFaultAt(Verdict expected, const std::function<Verdict(const Site& site)>& act) {
  const bool hasKey = GENERATE(true, false);
  surviveEachFault({expected,
                    [&]() -> Job {
                      return [&, site = Site(hasKey)] {
                        site.clock->advance(std::chrono::minutes(2));
                        return act(site);
                      };
                    },
                    {"EVP_PKEY_verify"}});
}

lb::http::ReceivedRequest requestWith(const std::string& token, const std::string& body = {}) {
  return {"POST", "https://app.example.com/", {{"Authorization", "Bearer " + token}}, body};
}

Verdict verdictOnState(const clerk::RequestState& state) {
  if (state.isAuthenticated()) return Verdict::accepted;
  return state.error() && state.error()->kind() == lb::ErrorKind::unavailable ? Verdict::failed : Verdict::refused;
}

Verdict verdictOnStatus(const lb::http::Response& response) {
  if (response.status == 200) return Verdict::accepted;
  return response.status == 401 ? Verdict::refused : Verdict::failed;
}

}  // namespace

TEST_CASE("a session token is verified or not while OpenSSL fails") {
  const Credential credential = validOrForged();
  const bool isAsync = GENERATE(false, true);
  surviveEachFaultAt(credential.expected, [&](const Site& site) {
    const auto verifier = site.client.sessionVerifier();
    if (!isAsync) return verdictOn(verifier.verify(credential.token));
    return verdictOn(site.ended<lb::Result<clerk::SessionClaims>>(
        [&](auto done) { verifier.verifyAsync(credential.token, std::move(done)); }));
  });
}

TEST_CASE("a request is authenticated or not while OpenSSL fails") {
  const Credential credential = validOrForged();
  const bool isAsync = GENERATE(false, true);
  const auto request = requestWith(credential.token);
  surviveEachFaultAt(credential.expected, [&](const Site& site) {
    const auto authenticator = site.client.requestAuthenticator();
    if (!isAsync) return verdictOnState(authenticator.authenticate(request.view()));
    return verdictOnState(
        site.ended<clerk::RequestState>([&](auto done) { authenticator.authenticateAsync(request, std::move(done)); }));
  });
}

TEST_CASE("an endpoint responds while OpenSSL fails, and grants nothing wrongly") {
  const Credential credential = validOrForged();
  const bool isAsync = GENERATE(false, true);
  const auto request = requestWith(credential.token, R"({"room":"r"})");
  surviveEachFaultAt(credential.expected, [&](const Site& site) {
    const auto endpoint = site.endpoint();
    if (!isAsync) return verdictOnStatus(endpoint.handle(request.view()));
    return verdictOnStatus(
        site.ended<lb::http::Response>([&](auto done) { endpoint.handleAsync(request, std::move(done)); }));
  });
}
