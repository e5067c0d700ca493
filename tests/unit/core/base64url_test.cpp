#include "core/base64.hpp"

#include <string>
#include <utility>

#include "catch.hpp"

namespace base64url = liveblocks::base64url;

TEST_CASE("base64url text and bytes map one to one") {
  const auto [bytes, text] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"f", "Zg"},
      {"fo", "Zm8"},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg"},
      {"fooba", "Zm9vYmE"},
      {"foobar", "Zm9vYmFy"},
      {std::string("\0", 1), "AA"},
      {std::string("\0\0", 2), "AAA"},
      {std::string("\0\0\0", 3), "AAAA"},
      {"\xFF\xFF\xFF", "____"},
      {"\xFB\xEF\xBE", "----"},
      {"\xFB\xFF", "-_8"},
      {"{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}", "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"},
  }));
  CHECK(base64url::encode(bytes) == text);
  CHECK(base64url::decode(text) == bytes);
  CHECK(liveblocks::base64::decodedSize(text.size()) == bytes.size());
}

TEST_CASE("base64url text that no encoder makes is refused") {
  const std::string text = GENERATE(as<std::string>(), "A", "AAAAA",             // six bits left over
                                    "Zg==", "Zg=", "=", "Zm9v=", "Z=g", "====",  // padding
                                    "Zh", "Zm9", "Zm9vYh", "Zm9vYmF",            // unused bits set
                                    "Zm 9v", " Zm9v", "Zm9v ", "Zm9v\n", "Zm\r\n9v", "Zm\t9v", "++++", "////", "Zm9+",
                                    "Z/", "Zm.v", "Z\xC3\xA9g", "Zm9\x7F");
  CAPTURE(text);
  CHECK(base64url::decode(text) == std::nullopt);
}

TEST_CASE("a NUL byte is no base64url character") {
  CHECK(base64url::decode(std::string("Zm9v\0", 5)) == std::nullopt);
  CHECK(base64url::decode(std::string("Zm\0v", 4)) == std::nullopt);
  CHECK(base64url::decode(std::string("Z\0", 2)) == std::nullopt);
}

TEST_CASE("exactly the 64 characters of the base64url alphabet are accepted, in every position") {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::size_t position = GENERATE(0U, 1U, 2U, 3U);
  int accepted = 0;
  for (int byte = 0; byte < 256; ++byte) {
    std::string text = "AAAA";
    text[position] = static_cast<char>(byte);
    const bool known = alphabet.find(static_cast<char>(byte)) != std::string::npos;
    const auto bytes = base64url::decode(text);
    if (bytes.has_value() == known && (!known || base64url::encode(*bytes) == text)) ++accepted;
  }
  CHECK(accepted == 256);
}

TEST_CASE("a last character is accepted only when its unused bits are zero") {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const auto [prefix, count] = GENERATE(table<std::string, int>({{"A", 4}, {"AA", 16}, {"AAA", 64}}));
  int accepted = 0;
  for (const char last : alphabet) {
    if (base64url::decode(prefix + last)) ++accepted;
  }
  CHECK(accepted == count);
}
