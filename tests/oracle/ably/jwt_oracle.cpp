// Reads {key, now, ttl, clientId, capability} a line, and prints what ably::JwtSigner signs; jwts.mjs has another
// implementation verify it.

#include <memory>
#include <string>

#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include "../line_program.hpp"
#include "ably_signing.hpp"

namespace {

std::string sign(const nlohmann::json& line) {
  using std::chrono::seconds;
  const auto now = std::chrono::system_clock::time_point(seconds(line.at("now").get<std::int64_t>()));
  liveblocks::ably::JwtParams params{liveblocks_tests::clientIdIn(line, "clientId").value(),
                                     liveblocks_tests::capabilityIn(line, "capability").value()};
  params.ttl = seconds(line.at("ttl").get<std::int64_t>());
  const liveblocks::ably::JwtSigner signer(line.at("key").get<std::string>(),
                                           std::make_shared<liveblocks::testing::ManualClock>(now));
  return signer.sign(params).value();
}

}  // namespace

int main() { return liveblocks_tests::answerLines(sign); }
