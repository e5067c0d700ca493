// Reading keys while OpenSSL fails.

#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "each_fault.hpp"
#include "tokens.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::issuer;
using liveblocks_tests::surviveEachFault;
using liveblocks_tests::Verdict;
using liveblocks_tests::verdictOn;

namespace {

constexpr const char* apiUrl = "https://api.clerk.com";
/// OpenSSL may say that a signature is wrong, or a key.
const std::vector<std::string> mayRefuse{"EVP_PKEY_verify", "EVP_PKEY_public_check"};
constexpr std::chrono::minutes afterBackOff{2};

/// The key sets of both in one.
std::string keysOf(const lb::testing::ClerkIssuer& one, const lb::testing::ClerkIssuer& other) {
  const std::string first = one.jwks();
  const std::string second = other.jwks();
  const std::size_t begin = second.find('[') + 1;
  return first.substr(0, first.rfind(']')) + ',' + second.substr(begin);
}

}  // namespace

TEST_CASE("a verifier is made or not while OpenSSL fails, and never accepts wrongly") {
  const auto credential = liveblocks_tests::validOrForged();
  const std::string pem = issuer().publicKeyPem();
  const std::string jwks = issuer().jwks();
  SECTION("of a PEM") {
    surviveEachFault({credential.expected,
                      [&] {
                        return [&] {
                          const clerk::SessionVerifier verifier(clerk::KeySource::pem(pem));
                          return verdictOn(verifier.verify(credential.token));
                        };
                      },
                      mayRefuse});
  }
  SECTION("of a JWK Set") {
    surviveEachFault({credential.expected,
                      [&] {
                        return [&] {
                          const clerk::SessionVerifier verifier(clerk::KeySource::jwks(jwks));
                          return verdictOn(verifier.verify(credential.token));
                        };
                      },
                      mayRefuse});
  }
}

TEST_CASE("what is no key is refused while OpenSSL fails") {
  const std::string text = GENERATE("AAAA", "MAYCAQECAQM=", "MAYCAQMCAQM=");
  surviveEachFault({Verdict::failed, [&] {
                      return [&] {
                        const clerk::SessionVerifier verifier(clerk::KeySource::pem(text));
                        return Verdict::accepted;
                      };
                    }});
}

TEST_CASE("keys that cannot be built leave the ones in use") {
  const lb::testing::ClerkIssuer next("clerk.example.com", "ins_next");
  const std::string known = liveblocks_tests::validToken();
  const std::string unknown = liveblocks_tests::tokenOf(next);
  const std::string before = issuer().jwks();
  const std::string after = keysOf(issuer(), next);
  const auto prepare = [&] {
    const auto clerkApi = std::make_shared<lb::testing::FakeClerk>(issuer());
    clerk::SessionVerifierOptions options;
    const auto clock = std::make_shared<lb::testing::ManualClock>(std::chrono::system_clock::now());
    options.clock = clock;
    const clerk::SessionVerifier verifier(clerk::KeySource::backendApi(clerkApi->secretKey(), apiUrl, clerkApi),
                                          options);
    clerkApi->respondNext("/v1/jwks", lb::testing::jsonResponse(200, before));
    REQUIRE(verifier.verify(known));
    auto job = [&, clock, verifier, clerkApi] {
      clock->advance(afterBackOff);
      clerkApi->respondNext("/v1/jwks", lb::testing::jsonResponse(200, after));
      const auto refreshed = verifier.refreshKeys();
      clerkApi->clearFaults();
      const Verdict verdict = verdictOn(verifier.verifyLocally(known));
      if (!refreshed || verdict != Verdict::accepted) return verdict;
      return verdictOn(verifier.verifyLocally(unknown));
    };
    return job;
  };
  surviveEachFault({Verdict::accepted, prepare, mayRefuse});
}
