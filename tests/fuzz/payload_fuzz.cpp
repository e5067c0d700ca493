#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <nlohmann/json.hpp>

#include "fuzz_target.hpp"

using namespace liveblocks;

namespace {

/// Whether a whole payload is what it seems: a JSON object to an independent reader as well.
void checkAgainstTree(const clerk::SessionClaims& claims) {
  const auto tree = nlohmann::json::parse(claims.payload());
  fuzzing::require(tree.at("sub") == claims.userId() && tree.at("sid") == claims.sessionId());
  fuzzing::require(tree.at("exp").is_number_integer());
  for (const auto& [name, value] : tree.items()) {
    const auto json = claims.jsonClaim(name);
    fuzzing::require(json && nlohmann::json::parse(json->text()) == value);
    fuzzing::require(claims.stringClaim(name).has_value() == value.is_string());
    fuzzing::require(claims.boolClaim(name).has_value() == value.is_boolean());
  }
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string start = R"({"sub":"user_1","sid":"sess_1","exp":4102444800)";
  return {start + "}", start + R"(,"v":2,"o":{"id":"org_1","rol":"admin","per":"a,b","fpm":"3"},"fea":"o:x,u:y"})",
          start + R"(,"org_id":"org_1","org_permissions":["org:a:b"],"act":{"sub":"user_2"},"fva":[1,-1]})",
          start + R"( , "aud" : ["a"], "text":"\u00e9\n\"\\", "n":[1.5,-0,1e3,{"a":{}}],"sts":"active","iat":1})"};
}

/// A payload that was signed is read as any other JSON reader would read it, or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const testing::ClerkIssuer issuer;
  static const clerk::SessionVerifier verifier(clerk::KeySource::pem(issuer.publicKeyPem()));
  const std::string payload(reinterpret_cast<const char*>(data), size);
  const auto claims = verifier.verifyLocally(issuer.sign(R"({"alg":"RS256"})", payload));
  if (claims) checkAgainstTree(*claims);
  return 0;
}
