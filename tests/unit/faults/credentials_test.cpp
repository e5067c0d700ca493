// Whole credentials, checked while OpenSSL fails: never accepted wrongly, and the next one is checked as usual.

#include <chrono>
#include <functional>
#include <utility>

#include "each_fault.hpp"
#include "site.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using namespace liveblocks_tests;

namespace {

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
  CHECK(Site::brokenCalls() == 0);
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
