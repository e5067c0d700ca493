#include "crypto/hash.hpp"

#include "catch.hpp"

using liveblocks::crypto::hmacSha256;

namespace {

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 0xF];
  }
  return text;
}

}  // namespace

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231") {
  const auto [key, message, code] = GENERATE(table<std::string, std::string, std::string>({
      {std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
  }));
  CHECK(hex(hmacSha256(key, {message})) == code);
}

TEST_CASE("HMAC-SHA-256 takes an empty key and an empty message") {
  constexpr std::string_view code = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
  CHECK(hex(hmacSha256({}, {})) == code);
  CHECK(hex(hmacSha256("", {"", {}})) == code);
}

TEST_CASE("HMAC-SHA-256 does not see where parts meet") {
  CHECK(hmacSha256("key", {"a", "", "bc"}) == hmacSha256("key", {"abc"}));
  CHECK(hmacSha256("key", {"abc"}) != hmacSha256("key", {"ab"}));
}
