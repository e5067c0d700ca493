/// Runs test vectors in the formats of Project Wycheproof over the library's own code.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace vectors {

/// A case about which the file and the library differ.
struct Difference {
  int id = 0;
  std::string comment;
  std::vector<std::string> flags;
  /// `valid` or `invalid`.
  std::string expected;
  /// What the library says of it.
  std::string outcome;
};

struct Report {
  std::size_t cases = 0;
  std::size_t agreed = 0;
  /// Valid cases that the library refuses on purpose: of algorithms other than RS256, and without a payload, which is
  /// no JSON.
  std::vector<Difference> foreign;
  /// All others: each is an error of somebody's.
  std::vector<Difference> disagreements;
};

/// Runs one file. Test groups of the types `RsassaPkcs1Verify` (public keys and signatures, with SHA-256),
/// `JsonWebSignature`, `JsonWebKey` and `JsonWebCrypto` are known; of the latter cases without a `jws` are left out.
/// Throws `std::invalid_argument` for a file of another type, and for one without cases.
///
/// A JWS counts as accepted once its header and its signature are: what it signs is seldom JSON in these files, and the
/// library would refuse it for that.
Report run(const nlohmann::json& file);

}  // namespace vectors
