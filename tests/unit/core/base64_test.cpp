#include "core/base64.hpp"

#include "catch.hpp"

TEST_CASE("base64 gives the texts of RFC 4648") {
  const auto [bytes, text] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {"\xFB\xFF\xBF", "+/+/"},
  }));
  CHECK(liveblocks::base64::encode(bytes) == text);
}
