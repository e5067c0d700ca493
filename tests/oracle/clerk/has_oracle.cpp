// Reads claims and questions, a JSON object a line, and prints what this library answers; has.mjs asks @clerk/backend.

#include <map>
#include <stdexcept>
#include <string>

#include <liveblocks/clerk/auth.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <nlohmann/json.hpp>

#include "../line_program.hpp"

namespace {

namespace clerk = liveblocks::clerk;
using clerk::Requirement;
using clerk::Reverification;
using nlohmann::json;

Reverification readReverification(const json& asked) {
  if (asked.is_string()) {
    static const std::map<std::string, Reverification> presets{{"strict_mfa", Reverification::strictMfa()},
                                                               {"strict", Reverification::strict()},
                                                               {"moderate", Reverification::moderate()},
                                                               {"lax", Reverification::lax()}};
    return presets.at(asked.get<std::string>());
  }
  static const std::map<std::string, Reverification::Level> levels{
      {"first_factor", Reverification::Level::firstFactor},
      {"second_factor", Reverification::Level::secondFactor},
      {"multi_factor", Reverification::Level::multiFactor}};
  return {levels.at(asked.at("level").get<std::string>()), asked.at("afterMinutes").get<std::int64_t>()};
}

Requirement readRequirement(const json& asked) {
  Requirement result;
  for (const auto& [name, value] : asked.items()) {
    if (name == "role") {
      result.role(value);
    } else if (name == "permission") {
      result.permission(value);
    } else if (name == "feature") {
      result.feature(value);
    } else if (name == "plan") {
      result.plan(value);
    } else if (name == "reverification") {
      result.reverification(readReverification(value));
    } else {
      throw std::invalid_argument("unknown question: " + name);
    }
  }
  return result;
}

class Oracle {
 public:
  const char* answer(const json& line) const {
    const auto token =
        issuer_.sign(R"({"alg":"RS256","cat":"cl_B7d4PD111AAA","typ":"JWT"})", line.at("payload").get<std::string>());
    const auto claims = verifier_.verify(token);
    if (!claims) return "refused";
    const clerk::Auth auth(*claims, line.at("treatPendingAsSignedOut").get<bool>());
    return auth.has(readRequirement(line.at("ask"))) ? "granted" : "denied";
  }

 private:
  static clerk::SessionVerifierOptions options() {
    clerk::SessionVerifierOptions result;
    result.treatPendingAsSignedOut = false;
    return result;
  }

  liveblocks::testing::ClerkIssuer issuer_;
  clerk::SessionVerifier verifier_{clerk::KeySource::pem(issuer_.publicKeyPem()), options()};
};

}  // namespace

int main() {
  return liveblocks_tests::answerLines([](const json& line) {
    static const Oracle oracle;
    return oracle.answer(line);
  });
}
