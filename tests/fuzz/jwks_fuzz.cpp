#include <nlohmann/json.hpp>

#include "core/base64.hpp"
#include "fuzz_target.hpp"
#include "jwks/key_set.hpp"
#include "test_key.hpp"

using liveblocks::jwks::KeySet;
using liveblocks_tests::keySet;
using liveblocks_tests::sharedKey;

namespace {

/// Empty when there is no such string.
std::string textOf(const nlohmann::json& jwk, const char* name) {
  return jwk.is_object() && jwk.contains(name) && jwk[name].is_string() ? jwk[name].get<std::string>() : "";
}

/// The same rules on a tree, except those that need arithmetic.
bool isUsable(const nlohmann::json& jwk) {
  const auto is = [&](const char* name, const char* value) { return !jwk.contains(name) || jwk[name] == value; };
  const auto exponent = liveblocks::base64url::decode(textOf(jwk, "e"));
  const auto modulus = liveblocks::base64url::decode(textOf(jwk, "n"));
  return textOf(jwk, "kty") == "RSA" && is("use", "sig") && is("alg", "RS256") && !jwk.contains("d") && exponent &&
         !exponent->empty() && (exponent->back() & 1) != 0 && *exponent != "\x01" && modulus &&
         modulus->size() >= 256 && (modulus->back() & 1) != 0;
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
  const auto tree = nlohmann::json::parse(text);
  std::size_t usable = 0;
  for (const auto& jwk : tree.at("keys")) {
    if (set->find(textOf(jwk, "kid")) != nullptr && isUsable(jwk)) ++usable;
  }
  fuzzing::require(usable >= set->size() && set->size() + set->skipped() == tree.at("keys").size());
  return 0;
}
