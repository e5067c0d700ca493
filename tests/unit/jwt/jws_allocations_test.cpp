// The header of the token that was accepted last is compared, not read.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "allocated_bytes.hpp"
#include "catch.hpp"
#include "core/base64.hpp"
#include "jwt/jws.hpp"
#include "test_key.hpp"

using namespace liveblocks;
using liveblocks_tests::allocatedBytes;
using liveblocks_tests::sharedKey;

namespace {

/// The key id is long enough to be on the heap once the header has been read.
std::string mint(char keyId) {
  const std::string header = R"({"alg":"RS256","kid":")" + std::string(100, keyId) + "\"}";
  const std::string input = base64url::encode(header) + "." + base64url::encode(R"({"sub":"user_1"})");
  return input + "." + base64url::encode(sharedKey().sign(input));
}

/// The token with the signature of another one.
std::string forge(const std::string& token, const std::string& other) {
  return token.substr(0, token.rfind('.')) + other.substr(other.rfind('.'));
}

struct AllocationFixture {
  const std::shared_ptr<const crypto::RsaPublicKey> key =
      crypto::RsaPublicKey::fromNumbers(sharedKey().modulus(), sharedKey().exponent()).value();
  const jwt::JwsVerifier verifier{jwt::HeaderRules{}};
  const jwt::FindKey find = [this](const std::optional<std::string>& /*keyId*/) {
    return Result<std::shared_ptr<const crypto::RsaPublicKey>>(key);
  };
  const std::string first = mint('a');
  const std::string second = mint('b');

  /// What opening a good token allocates.
  std::size_t bytesFor(const std::string& token) const {
    const std::size_t before = allocatedBytes();
    const auto payload = verifier.verifySignature(token, find);
    const std::size_t bytes = allocatedBytes() - before;
    CHECK(payload);
    return bytes;
  }
};

}  // namespace

TEST_CASE_METHOD(AllocationFixture, "the header of the last accepted token is not read again") {
  const std::size_t whole = bytesFor(first);
  const std::size_t known = bytesFor(first);
  CHECK(known + first.find('.') < whole);
  CHECK(bytesFor(second) == whole);
  CHECK(bytesFor(second) == known);
  CHECK(bytesFor(first) == whole);
}

TEST_CASE_METHOD(AllocationFixture, "a forged token does not displace the header of the last accepted one") {
  bytesFor(first);
  const std::size_t known = bytesFor(first);
  CHECK_FALSE(verifier.verifySignature(forge(second, first), find));
  CHECK(bytesFor(first) == known);
  CHECK(bytesFor(second) > known);
}
