#include "crypto/sip_hash.hpp"

#include <array>
#include <memory>
#include <string>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "catch.hpp"

using liveblocks::crypto::littleEndianWord;
using liveblocks::crypto::sipHash;
using liveblocks::crypto::SipKey;
using liveblocks::crypto::SipTag;

namespace {

SipKey keyFrom(const std::string& bytes) { return {littleEndianWord(bytes.data()), littleEndianWord(&bytes[8])}; }

/// The key of the authors' test vectors.
std::string countedUp(std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) bytes += static_cast<char>(bytes.size());
  return bytes;
}

/// The hash that OpenSSL computes.
SipTag reference(const std::string& key, const std::string& input) {
  const std::unique_ptr<EVP_MAC, void (*)(EVP_MAC*)> algorithm(EVP_MAC_fetch(nullptr, "SIPHASH", nullptr),
                                                               EVP_MAC_free);
  const std::unique_ptr<EVP_MAC_CTX, void (*)(EVP_MAC_CTX*)> context(EVP_MAC_CTX_new(algorithm.get()),
                                                                     EVP_MAC_CTX_free);
  std::size_t size = 16;
  const std::array<OSSL_PARAM, 2> parameters{OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                             OSSL_PARAM_construct_end()};
  std::array<unsigned char, 16> tag{};
  REQUIRE(EVP_MAC_init(context.get(), reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                       parameters.data()) == 1);
  REQUIRE(EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(input.data()), input.size()) == 1);
  REQUIRE(EVP_MAC_final(context.get(), tag.data(), &size, tag.size()) == 1);
  return {littleEndianWord(reinterpret_cast<const char*>(tag.data())),
          littleEndianWord(reinterpret_cast<const char*>(&tag[8]))};
}

}  // namespace

TEST_CASE("SipHash gives the hashes of its authors") {
  const SipKey key = keyFrom(countedUp(16));
  CHECK(sipHash(key, "") == SipTag{0xe6a825ba047f81a3U, 0x930255c71472f66dU});
  CHECK(sipHash(key, countedUp(1)) == SipTag{0x44af996bd8c187daU, 0x45fc229b11597634U});
}

TEST_CASE("SipHash gives the hashes of OpenSSL for any length and any bytes") {
  std::string key = countedUp(16);
  std::string input;
  for (int size = 0; size < 600; ++size) {
    CAPTURE(size);
    CHECK(sipHash(keyFrom(key), input) == reference(key, input));
    input += static_cast<char>(size * 37 + 250);
    char& changed = key[static_cast<std::size_t>(size) % key.size()];
    changed = static_cast<char>(changed ^ size);
  }
}
