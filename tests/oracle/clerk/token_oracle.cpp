// Mints tokens and prints, a JSON object a line, what this library makes of them; tokens.mjs asks @clerk/backend.

#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <nlohmann/json.hpp>

#include "draft.hpp"

namespace {

namespace clerk = liveblocks::clerk;
using liveblocks::Errc;
using liveblocks::testing::ClerkIssuer;
using nlohmann::json;
using oracle::Draft;
using oracle::Fault;

const char* nameOf(Errc code) {
  static const std::map<Errc, const char*> names{
      {Errc::noToken, "noToken"},
      {Errc::malformed, "malformed"},
      {Errc::tokenTooLarge, "tokenTooLarge"},
      {Errc::badEncoding, "badEncoding"},
      {Errc::badJson, "badJson"},
      {Errc::criticalHeader, "criticalHeader"},
      {Errc::wrongType, "wrongType"},
      {Errc::wrongCategory, "wrongCategory"},
      {Errc::unsupportedAlgorithm, "unsupportedAlgorithm"},
      {Errc::unknownKey, "unknownKey"},
      {Errc::badSignature, "badSignature"},
      {Errc::badClaim, "badClaim"},
      {Errc::wrongAudience, "wrongAudience"},
      {Errc::unauthorizedParty, "unauthorizedParty"},
      {Errc::wrongIssuer, "wrongIssuer"},
      {Errc::expired, "expired"},
      {Errc::notYetValid, "notYetValid"},
      {Errc::issuedInFuture, "issuedInFuture"},
      {Errc::inactiveSession, "inactiveSession"},
  };
  const auto found = names.find(code);
  return found == names.end() ? "unexpected" : found->second;
}

json describe(const clerk::SessionClaims& claims) {
  json result{{"outcome", "ok"},
              {"userId", claims.userId()},
              {"sessionId", claims.sessionId()},
              {"pending", claims.status() == clerk::SessionStatus::pending}};
  if (const auto& organization = claims.organization()) {
    result["orgId"] = organization->id;
    result["orgRole"] = organization->role;
    result["orgSlug"] = organization->slug;
    result["orgPermissions"] = organization->permissions;
  }
  if (const auto& actor = claims.actor()) result["actor"] = actor->userId;
  if (const auto& age = claims.factorVerificationAge()) result["factorVerificationAge"] = {age->first, age->second};
  return result;
}

class Oracle {
 public:
  void print(const std::map<std::string, Fault>& faults) const {
    Draft draft;
    json names = json::array();
    for (const auto& [name, fault] : faults) {
      fault.apply(draft);
      names.push_back(name);
    }
    const std::string token = mint(draft);
    std::cout << json{{"faults", names},
                      {"token", token},
                      {"clockMs", draft.clockMs},
                      {"options",
                       {{"jwtKey", issuer_.publicKeyPem()},
                        {"clockSkewInMs", draft.skew.count() * 1000},
                        {"authorizedParties", draft.authorizedParties},
                        {"audience", draft.audience},
                        {"issuer", issuer_.issuer()}}},
                      {"ours", verify(draft, token)}}
                     .dump()
              << '\n';
  }

 private:
  std::string mint(const Draft& draft) const {
    std::string header = draft.header.text();
    std::string payload = draft.payload.text();
    for (const auto& edit : draft.headerEdits) header = edit(header);
    for (const auto& edit : draft.payloadEdits) payload = edit(payload);
    std::string token = (draft.foreignKey ? stranger_ : issuer_).sign(header, payload);
    for (const auto& edit : draft.tokenEdits) {
      const bool isWhole = token.size() > 100;
      if (isWhole) token = edit(token);
    }
    return token;
  }

  json verify(const Draft& draft, const std::string& token) const {
    clerk::SessionVerifierOptions options;
    options.authorizedParties = draft.authorizedParties;
    options.audience = draft.audience;
    options.issuer = issuer_.issuer();
    options.clockSkew = draft.skew;
    options.treatPendingAsSignedOut = false;
    options.clock = std::make_shared<liveblocks::testing::ManualClock>(
        std::chrono::system_clock::time_point(std::chrono::milliseconds(draft.clockMs)));
    const clerk::SessionVerifier verifier(keys_, options);
    const auto claims = verifier.verify(token);
    return claims ? describe(*claims) : json{{"outcome", nameOf(claims.error().code)}};
  }

  ClerkIssuer issuer_;
  ClerkIssuer stranger_;
  clerk::KeySource keys_ = clerk::KeySource::pem(issuer_.publicKeyPem());
};

/// One token for each fault, then random ones.
void printAll(std::mt19937::result_type seed, int randomTokens) {
  std::mt19937 engine(seed);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(engine() % limit); };
  const Oracle oracle;
  const auto& all = oracle::faults();
  for (const Fault& fault : all) oracle.print({{fault.name, fault}});
  const Fault organization{"random organization", [&](Draft& draft) { oracle::randomOrganization(draft, below); }};
  for (int i = 0; i < randomTokens; ++i) {
    std::map<std::string, Fault> chosen;
    if (below(2) == 0) chosen.emplace(organization.name, organization);
    for (std::size_t k = below(4); k > 0; --k) {
      const Fault& fault = all[below(all.size())];
      if (!fault.alone) chosen.emplace(fault.name, fault);
    }
    oracle.print(chosen);
  }
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count != 3) throw std::invalid_argument("usage: clerk_token_oracle <seed> <number of random tokens>");
    printAll(static_cast<std::mt19937::result_type>(std::stoul(arguments[1])), std::stoi(arguments[2]));
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
