#include <openssl/err.h>

#include <string>
#include <vector>

#include "catch.hpp"
#include "crypto/rsa_public_key.hpp"
#include "test_key.hpp"

using liveblocks::crypto::readRsaPublicKeyPem;
using liveblocks::crypto::RsaPublicKey;
using liveblocks_tests::sharedKey;
using liveblocks_tests::TestKey;

namespace {

/// What is needed to make everything go right or wrong inside OpenSSL that can.
struct Material {
  std::string modulus = sharedKey().modulus();
  std::string exponent = sharedKey().exponent();
  std::string signature = sharedKey().sign("text");
  std::vector<std::string> foreignTexts{sharedKey().privateKey(), TestKey::elliptic().spki(), "AAAA",
                                        sharedKey().certificate()};

  /// The number of refusals.
  int use() const {
    using Verdict = RsaPublicKey::Verdict;
    const auto key = RsaPublicKey::fromNumbers(modulus, exponent).value();
    int refused = key->verify("text", signature) == Verdict::valid ? 0 : 1;
    refused += key->verify("other", signature) == Verdict::invalid ? 1 : 0;
    refused += key->verify("text", std::string(256, '\xFF')) == Verdict::invalid ? 1 : 0;
    refused += key->verify("text", "short") == Verdict::invalid ? 1 : 0;
    refused += RsaPublicKey::fromNumbers(modulus, "\x01") ? 0 : 1;
    refused += RsaPublicKey::fromNumbers(std::string(256, '\xFF'), "\x03") ? 0 : 1;
    for (const std::string& text : foreignTexts) refused += readRsaPublicKeyPem(text) ? 0 : 1;
    return refused;
  }
};

}  // namespace

TEST_CASE("an empty error queue stays empty") {
  const Material material;
  ERR_clear_error();
  CHECK(material.use() == 9);
  CHECK(ERR_peek_error() == 0);
}

TEST_CASE("what the host has in its error queue survives, and nothing is added") {
  const Material material;
  ERR_clear_error();
  ERR_raise(ERR_LIB_USER, 42);
  CHECK(material.use() == 9);
  CHECK(ERR_GET_REASON(ERR_get_error()) == 42);
  CHECK(ERR_get_error() == 0);
}
