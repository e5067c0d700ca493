/// The public keys of a Clerk instance, as far as it takes to tell instances apart.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace examples {

/// Of a JWK Set (RFC 7517 section 5).
struct KeySet {
  /// `kid` of each key: at Clerk the id of the instance.
  std::set<std::string> ids;
  /// `n` of each RSA key, as bytes.
  std::set<std::string> moduli;
};

/// Reads JSON text. What is no key set, or no key, is left out.
KeySet readKeySet(std::string_view text);

/// Whether there is a key that both have.
bool haveOneInCommon(const KeySet& some, const KeySet& others);

/// Whether a public key that `liveblocks::clerk::KeySource::pem()` takes is in the set. True where it cannot be told.
bool holds(const KeySet& keys, std::string_view pem);

}  // namespace examples
