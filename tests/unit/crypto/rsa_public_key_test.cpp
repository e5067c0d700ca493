#include "crypto/rsa_public_key.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "test_key.hpp"

using liveblocks::Errc;
using liveblocks::crypto::RsaPublicKey;
using liveblocks_tests::modulusOf;
using liveblocks_tests::sharedKey;
using liveblocks_tests::TestKey;
using Verdict = RsaPublicKey::Verdict;

namespace {

const std::string f4("\x01\x00\x01", 3);

std::shared_ptr<const RsaPublicKey> publicHalf(const TestKey& key, int maxBits = 4096) {
  return RsaPublicKey::fromNumbers(key.modulus(), key.exponent(), {2048, maxBits}).value();
}

std::string corrupted(std::string text, std::size_t at) {
  text[at] = static_cast<char>(text[at] ^ 1);
  return text;
}

}  // namespace

TEST_CASE("a key verifies what its private half signed and nothing else") {
  const auto key = publicHalf(sharedKey());
  const std::string signature = sharedKey().sign("text");
  CHECK(key->signatureSize() == 256);
  CHECK(key->verify("text", signature) == Verdict::valid);
  CHECK(key->verify("texT", signature) == Verdict::invalid);
  CHECK(key->verify("", signature) == Verdict::invalid);
  CHECK(key->verify("text", corrupted(signature, 0)) == Verdict::invalid);
  CHECK(key->verify("text", corrupted(signature, 255)) == Verdict::invalid);
  CHECK(key->verify("text", sharedKey().sign("text", "SHA512")) == Verdict::invalid);
  CHECK(key->verify("text", TestKey::rsa().sign("text")) == Verdict::invalid);
}

TEST_CASE("a signature of another length than the modulus is invalid") {
  const auto key = publicHalf(sharedKey());
  const std::string signature = sharedKey().sign("text");
  CHECK(key->verify("text", "") == Verdict::invalid);
  CHECK(key->verify("text", signature.substr(1)) == Verdict::invalid);
  CHECK(key->verify("text", signature.substr(0, 255)) == Verdict::invalid);
  CHECK(key->verify("text", signature + '\0') == Verdict::invalid);
  CHECK(key->verify("text", '\0' + signature) == Verdict::invalid);
}

TEST_CASE("numbers that are no signature are invalid") {
  const auto key = publicHalf(sharedKey());
  std::string one(256, '\0');
  one.back() = 1;
  CHECK(key->verify("text", std::string(256, '\0')) == Verdict::invalid);
  CHECK(key->verify("text", one) == Verdict::invalid);
  CHECK(key->verify("text", sharedKey().modulus()) == Verdict::invalid);
  CHECK(key->verify("text", std::string(256, '\xFF')) == Verdict::invalid);
}

TEST_CASE("keys of other sizes and exponents verify too") {
  const auto [bits, exponent] = GENERATE(table<unsigned, unsigned>({{2048, 3}, {3072, 65537}, {2056, 0xFFFFFFFB}}));
  const TestKey key = TestKey::rsa(bits, exponent);
  CHECK(publicHalf(key)->verify("text", key.sign("text")) == Verdict::valid);
}

TEST_CASE("the size of a modulus is limited at both ends") {
  const auto [bits, accepted] = GENERATE(table<int, bool>({{1024, false},
                                                           {2047, false},
                                                           {2048, true},
                                                           {2049, true},
                                                           {4095, true},
                                                           {4096, true},
                                                           {4097, false},
                                                           {8192, false},
                                                           {16384, false}}));
  CAPTURE(bits);
  const auto key = RsaPublicKey::fromNumbers(modulusOf(bits), f4);
  CHECK(static_cast<bool>(key) == accepted);
  if (!key) CHECK(key.error().code == Errc::malformed);
}

TEST_CASE("a caller may allow moduli of up to 8192 bits") {
  CHECK(RsaPublicKey::fromNumbers(modulusOf(8192), f4, {2048, 8192}));
  CHECK_FALSE(RsaPublicKey::fromNumbers(modulusOf(8193), f4, {2048, 8192}));
}

TEST_CASE("numbers that OpenSSL takes but that make a forgeable key are refused") {
  std::string even = sharedKey().modulus();
  even.back() = static_cast<char>(even.back() & ~1);
  const auto [modulus, exponent] = GENERATE_COPY(table<std::string, std::string>({
      {sharedKey().modulus(), std::string()},
      {sharedKey().modulus(), std::string(1, '\0')},
      {sharedKey().modulus(), "\x01"},
      {sharedKey().modulus(), std::string("\0\0\x01", 3)},
      {sharedKey().modulus(), "\x02"},
      {sharedKey().modulus(), std::string("\x01\x00\x00", 3)},
      {sharedKey().modulus(), std::string("\x01\x00\x00\x00\x01", 5)},
      {sharedKey().modulus(), std::string(2000, '\xFF')},
      {even, f4},
      {std::string(), f4},
      {std::string(256, '\0'), f4},
      {"\x0F", f4},
      {std::string(256, '\xFF'), f4},
      {std::string(5000, '\xFF'), f4},
  }));
  const auto key = RsaPublicKey::fromNumbers(modulus, exponent);
  REQUIRE_FALSE(key);
  CHECK(key.error().code == Errc::malformed);
}

TEST_CASE("exponents from 3 to below 2^32 are taken") {
  CHECK(RsaPublicKey::fromNumbers(sharedKey().modulus(), "\x03"));
  CHECK(RsaPublicKey::fromNumbers(sharedKey().modulus(), "\xFF\xFF\xFF\xFF"));
}

TEST_CASE("leading zero octets do not change a number") {
  const auto key = RsaPublicKey::fromNumbers('\0' + sharedKey().modulus(), '\0' + sharedKey().exponent());
  REQUIRE(key);
  CHECK((*key)->verify("text", sharedKey().sign("text")) == Verdict::valid);
}

TEST_CASE("many threads verify with one key") {
  const auto key = publicHalf(sharedKey());
  const std::string signature = sharedKey().sign("text");
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        if (key->verify("text", signature) == Verdict::valid) ++right;
        if (key->verify("tex", signature) == Verdict::invalid) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(right == 800);
}
