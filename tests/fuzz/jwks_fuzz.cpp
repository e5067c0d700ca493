#include <nlohmann/json.hpp>

#include "base64url.hpp"
#include "fuzz_target.hpp"
#include "jwks/key_set.hpp"
#include "test_key.hpp"

using liveblocks::jwks::KeySet;
using liveblocks_tests::keySet;
using liveblocks_tests::sharedKey;

namespace {

/// The rules once more, on a tree.
bool isUsable(const nlohmann::json& jwk) {
  const auto is = [&](const char* name, const char* value) { return !jwk.contains(name) || jwk[name] == value; };
  const auto exponent = liveblocks::base64url::decode(jwk.at("e").get<std::string>());
  const auto modulus = liveblocks::base64url::decode(jwk.at("n").get<std::string>());
  return jwk.at("kty") == "RSA" && is("use", "sig") && is("alg", "RS256") && !jwk.contains("d") && exponent &&
         modulus && modulus->size() >= 256 && (modulus->back() & 1) != 0 && (exponent->back() & 1) != 0 &&
         *exponent != "\x01";
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {keySet({sharedKey().jwk("a")}), keySet({sharedKey().jwk("a", R"(,"use":"sig","alg":"RS256")"), "{}"}),
          keySet({sharedKey().jwk("a", R"(,"key_ops":["verify"])"), sharedKey().jwk("b", R"(,"use":"enc")")}),
          keySet({sharedKey().jwk("a"), R"({"kty":"oct","kid":"b","k":"c2VjcmV0"})"})};
}

/// No key outside the policy gets into a set.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  static const KeySet previous = KeySet::parse(keySet({sharedKey().jwk("a")})).value();
  const auto set = KeySet::parse(text, &previous);
  if (!set) return 0;
  std::size_t found = 0;
  const auto tree = nlohmann::json::parse(text);
  for (const auto& jwk : tree.at("keys")) {
    if (!jwk.is_object() || !jwk.contains("kid") || !jwk["kid"].is_string()) continue;
    if (set->find(jwk["kid"].get<std::string>()) == nullptr || !jwk.contains("n")) continue;
    if (isUsable(jwk)) ++found;
  }
  fuzzing::require(found >= set->size() && set->size() + set->skipped() == tree.at("keys").size());
  return 0;
}
