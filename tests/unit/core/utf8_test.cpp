#include "core/text.hpp"

#include "catch.hpp"

namespace utf8 = liveblocks::utf8;

TEST_CASE("lengths are counted in UTF-16 code units") {
  const auto [text, length] = GENERATE(table<std::string, std::size_t>({
      {"", 0},
      {"abc", 3},
      {"é", 1},
      {"日本", 2},
      {"😀", 2},
      {"\xEF\xBF\xBF", 1},
      {"\xF4\x8F\xBF\xBF", 2},
      {std::string(2, '\0'), 2},
  }));
  CHECK(utf8::utf16Length(text) == length);
}

TEST_CASE("malformed UTF-8 is told and replaced") {
  const auto [text, replaced] = GENERATE(table<std::string, std::string>({
      {"\x80", "�"},
      {"\xC0\xAF", "��"},
      {"\xC3", "�"},
      {"\xC3(", "�("},
      {"\xE0\x80\x80", "���"},
      {"\xE2\x82", "�"},
      {"\xED\xA0\x80", "���"},
      {"\xF0\x9F\x98", "�"},
      {"\xF0\x80\x80\x80", "����"},
      {"\xF4\x90\x80\x80", "����"},
      {"\xF5", "�"},
      {"a\xFFz", "a�z"},
  }));
  CHECK_FALSE(utf8::isValid(text));
  CHECK(utf8::decode(text) == replaced);
}

TEST_CASE("decoding drops one byte order mark in front and nothing else") {
  CHECK(utf8::decode("\xEF\xBB\xBF\xEF\xBB\xBFx") == "\xEF\xBB\xBFx");
  CHECK(utf8::decode("x\xEF\xBB\xBF") == "x\xEF\xBB\xBF");
  CHECK(utf8::replaceMalformed("\xEF\xBB\xBFx\xFF") == "\xEF\xBB\xBFx\xEF\xBF\xBD");
  CHECK(utf8::decode("日😀\r\n") == "日😀\r\n");
}

TEST_CASE("text becomes UTF-16, or nothing when it is malformed") {
  CHECK(utf8::toUtf16("") == u"");
  CHECK(utf8::toUtf16("a\x7F\u0080\u07FF\u0800\uFFFF") == u"a\x7F\u0080\u07FF\u0800\uFFFF");
  CHECK(utf8::toUtf16("\U00010000\U0001F600\U0010FFFF") == u"\U00010000\U0001F600\U0010FFFF");
  CHECK_FALSE(utf8::toUtf16("a\xFF"));
}
