#include "core/text.hpp"

#include "catch.hpp"

using liveblocks::utf8::printable;

TEST_CASE("foreign text is made one printable line") {
  const auto [text, shown] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"plain é 日 😀", "plain é 日 😀"},
      {"a\r\nb\tc", "a\\x0d\\x0ab\\x09c"},
      {"\x1B[2J\x7F", "\\x1b[2J\\x7f"},
      {"\xC2\x85|\xC2\xA0", "\\xc2\\x85|\xC2\xA0"},
      {"\xE2\x80\xA8", "\\xe2\\x80\\xa8"},
      {"\xFFz", "\\xffz"},
  }));
  CHECK(printable(text, 100) == shown);
}

TEST_CASE("foreign text is cut between characters") {
  CHECK(printable("abcd", 4) == "abcd");
  CHECK(printable("abcde", 4) == "abcd…");
  CHECK(printable("abc日", 4) == "abc…");
}
