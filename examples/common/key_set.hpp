/// The public keys of a Clerk instance, for comparing instances.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace examples {

/// A JWK Set (RFC 7517 section 5).
struct KeySet {
  /// The `kid` of each key: at Clerk the id of the instance.
  std::set<std::string> ids;
  /// The modulus `n` of each RSA key, as bytes.
  std::set<std::string> moduli;
};

/// Parses JSON. Anything except keys is ignored.
KeySet readKeySet(std::string_view text);

/// Returns whether the sets have a common key.
bool haveOneInCommon(const KeySet& some, const KeySet& others);

/// Returns whether a public key that `liveblocks::clerk::KeySource::pem()` accepts is in the set; true if it is
/// unknown.
bool holds(const KeySet& keys, std::string_view pem);

}  // namespace examples
