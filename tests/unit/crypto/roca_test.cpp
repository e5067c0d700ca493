#include "crypto/roca.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "crypto/rsa_public_key.hpp"
#include "test_key.hpp"

using liveblocks::crypto::hasRocaFingerprint;
using liveblocks::crypto::RsaPublicKey;

namespace {

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

Number number(BN_ULONG value = 0) {
  Number result(BN_new(), BN_free);
  BN_set_word(result.get(), value);
  return result;
}

Number fromBytes(const std::string& bytes) {
  return {BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr),
          BN_free};
}

std::string bytesOf(const BIGNUM& value) {
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(&value)), '\0');
  BN_bn2bin(&value, reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

bool isPrime(BN_ULONG value) {
  for (BN_ULONG factor = 2; factor * factor <= value; ++factor) {
    if (value % factor == 0) return false;
  }
  return true;
}

/// The product of all primes from 3 to 167.
Number primorial() {
  Number product = number(1);
  for (BN_ULONG prime = 3; prime <= 167; ++prime) {
    if (isPrime(prime)) BN_mul_word(product.get(), prime);
  }
  return product;
}

bool hasSmallFactor(const BIGNUM& value) {
  for (BN_ULONG prime = 2; prime < 800; ++prime) {
    if (isPrime(prime) && BN_mod_word(&value, prime) == 0) return true;
  }
  return false;
}

/// What the generator makes: a power of 65537 plus a multiple of the product.
Number brokenModulus(int bits) {
  const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context(BN_CTX_new(), BN_CTX_free);
  const Number product = primorial();
  const Number power = number();
  BN_mod_exp(power.get(), number(65537).get(), number(1234567).get(), product.get(), context.get());
  for (Number factor = number();;) {
    Number result = number();
    BN_rand(factor.get(), bits - BN_num_bits(product.get()), BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ANY);
    BN_mul(result.get(), factor.get(), product.get(), context.get());
    BN_add(result.get(), result.get(), power.get());
    if (BN_num_bits(result.get()) == bits && !hasSmallFactor(*result)) return result;
  }
}

}  // namespace

TEST_CASE("a modulus of the broken generator is known by its remainders") {
  const int bits = GENERATE(2048, 3072);
  const Number modulus = brokenModulus(bits);
  CHECK(hasRocaFingerprint(*modulus));
  const auto key = RsaPublicKey::fromNumbers(bytesOf(*modulus), std::string("\x01\x00\x01", 3));
  REQUIRE(!key);
  CHECK(key.error().message == "an RSA key that can be factored (CVE-2017-15361)");
}

TEST_CASE("other moduli do not have the fingerprint") {
  CHECK(!hasRocaFingerprint(*fromBytes(liveblocks_tests::sharedKey().modulus())));
  CHECK(!hasRocaFingerprint(*fromBytes(liveblocks_tests::modulusOf(2048))));
  CHECK(!hasRocaFingerprint(*number(3)));
  CHECK(!hasRocaFingerprint(*number(0)));
}

TEST_CASE("powers of different exponents modulo each small prime are not the fingerprint") {
  const Number modulus = brokenModulus(2048);
  const Number step = primorial();
  BN_div_word(step.get(), 5);
  const BN_ULONG nextPower = BN_mod_word(modulus.get(), 5) * 65537 % 5;
  while (BN_mod_word(modulus.get(), 5) != nextPower) BN_add(modulus.get(), modulus.get(), step.get());
  CHECK(!hasRocaFingerprint(*modulus));
}
