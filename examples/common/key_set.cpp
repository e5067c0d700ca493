#include "common/key_set.hpp"

#include <algorithm>
#include <cstddef>

#include <nlohmann/json.hpp>

#include "common/base64.hpp"

namespace examples {
namespace {

using nlohmann::json;

// Of 2048 bits, the least that is taken.
constexpr std::size_t minModulusBytes = 256;

std::string textIn(const json& key, const char* name) {
  return key.is_object() && key.contains(name) && key[name].is_string() ? key[name].get<std::string>() : "";
}

/// The base64 of a PEM, also of one whose line ends are escaped, and of one without its first and last line.
std::string bodyOf(std::string_view pem) {
  constexpr std::string_view marker = "KEY-----";
  const std::size_t front = pem.find(marker);
  if (front != std::string_view::npos) pem.remove_prefix(front + marker.size());
  pem = pem.substr(0, pem.find("-----"));
  std::string body;
  for (std::size_t i = 0; i < pem.size(); ++i) {
    if (pem[i] == '\\') {
      ++i;  // Also skips the letter.
    } else if (std::string_view(" \t\r\n\"'`").find(pem[i]) == std::string_view::npos) {
      body += pem[i];
    }
  }
  return body;
}

}  // namespace

KeySet readKeySet(std::string_view text) {
  KeySet set;
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("keys")) return set;
  for (const json& key : document["keys"]) {
    const std::string id = textIn(key, "kid");
    const std::string modulus = decodedBase64(textIn(key, "n"));
    if (!id.empty()) set.ids.insert(id);
    if (modulus.size() >= minModulusBytes) set.moduli.insert(modulus);
  }
  return set;
}

bool haveOneInCommon(const KeySet& some, const KeySet& others) {
  return std::any_of(some.ids.begin(), some.ids.end(),
                     [&](const std::string& id) { return others.ids.count(id) != 0; });
}

bool holds(const KeySet& keys, std::string_view pem) {
  // The encoding of an RSA key (RFC 8017 appendix A.1.1) has the modulus in it as it is.
  const std::string encoded = decodedBase64(bodyOf(pem));
  if (keys.moduli.empty() || encoded.size() < minModulusBytes) return true;
  return std::any_of(keys.moduli.begin(), keys.moduli.end(),
                     [&](const std::string& modulus) { return encoded.find(modulus) != std::string::npos; });
}

}  // namespace examples
