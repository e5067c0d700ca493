#include <liveblocks/ably/token_request_signer.hpp>

#include <set>

#include <liveblocks/testing/manual_clock.hpp>

#include "ably/signing.hpp"
#include "catch.hpp"

namespace ably = liveblocks::ably;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::system_clock;

namespace {

constexpr const char* keyText = "tstApp.keyOne:c2VjcmV0LWZvci10ZXN0cw";

ably::TokenParams params() { return {ably::ClientId::named("jane").value(), ably::Capability::allKeyCapabilities()}; }

liveblocks::Result<ably::TokenRequest> signAt(milliseconds timestamp, const std::string& nonce) {
  return ably::detail::signTokenRequest(ably::detail::ApiKey(keyText), params(), timestamp, nonce);
}

}  // namespace

TEST_CASE("a token request contains the identity, the time of the clock and a fresh nonce") {
  const auto clock = std::make_shared<liveblocks::testing::ManualClock>(system_clock::time_point(hours(1)));
  const ably::TokenRequestSigner signer(keyText, clock);
  const auto request = signer.sign(params()).value();
  CHECK(request.keyName == "tstApp.keyOne");
  CHECK(request.clientId == "jane");
  CHECK(request.timestamp == hours(1));
  CHECK_FALSE(request.ttl);
  CHECK_FALSE(request.capability);
  CHECK(request.mac == signAt(hours(1), request.nonce).value().mac);
}

TEST_CASE("nonces have 128 bits and do not repeat") {
  const ably::TokenRequestSigner signer(keyText);
  std::set<std::string> nonces;
  for (int i = 0; i < 100; ++i) nonces.insert(signer.sign(params()).value().nonce);
  CHECK(nonces.size() == 100);
  for (const std::string& nonce : nonces) CHECK(nonce.size() == 22);
}

TEST_CASE("the lifetime of a token is 1 ms to 24 h") {
  const ably::TokenRequestSigner signer(keyText);
  const auto sign = [&](milliseconds ttl) {
    auto asked = params();
    asked.ttl = ttl;
    return signer.sign(asked);
  };
  CHECK(sign(milliseconds(1)).value().ttl == milliseconds(1));
  CHECK(sign(hours(24)).value().ttl == hours(24));
  const auto ttl = GENERATE(milliseconds(0), milliseconds(-1), milliseconds(86400001), milliseconds::max());
  const auto refused = sign(ttl);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == liveblocks::Errc::invalidRequest);
  CHECK(refused.error().message == "ttl must be 1 ms to 24 h (Ably 40003)");
}

TEST_CASE("no token request is signed with a clock before 1970") {
  const auto clock = std::make_shared<liveblocks::testing::ManualClock>(system_clock::time_point(milliseconds(-1)));
  CHECK_FALSE(ably::TokenRequestSigner(keyText, clock).sign(params()));
}

TEST_CASE("nonces are long enough and have no control characters") {
  CHECK(signAt(hours(1), "0123456789abcdef"));
  CHECK_FALSE(signAt(hours(1), "0123456789abcde"));
  CHECK_FALSE(signAt(hours(1), "01234567\n89abcdef"));
}

TEST_CASE("line feeds cannot move a signature to another identity") {
  CHECK_FALSE(ably::ClientId::named("admin\n1700000000001\nforgedforgedforg"));
  CHECK_FALSE(signAt(milliseconds(1700000000001), "forgedforgedforg\n1700000000000\n0123456789abcdef"));
}
