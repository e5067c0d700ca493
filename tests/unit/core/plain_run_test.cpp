#include "core/plain_run.hpp"

#include <cstddef>
#include <string>

#include "catch.hpp"

using liveblocks::json::isPlain;
using liveblocks::json::plainRun;

TEST_CASE("a run of plain characters ends at each character that a JSON string must not have as it is") {
  for (int code = 0; code < 256; ++code) {
    const char c = static_cast<char>(code);
    const bool isSpecial = code < ' ' || c == '"' || c == '\\' || code >= 0x80;
    CHECK(isPlain(c) == !isSpecial);
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, 'a');
      text[at] = c;
      const std::size_t expected = isSpecial ? at : text.size();
      if (plainRun(text) != expected) FAIL("character " << code << " at " << at);
    }
  }
}

TEST_CASE("a run of plain characters does not depend on what is behind it") {
  for (std::size_t at = 0; at < 17; ++at) {
    for (const char behind : {'\0', '\x1F', '!', '#', '[', ']', '\x7F', '\x80', '\xFF'}) {
      const std::string text = std::string(at, '\x7F') + '"' + std::string(9, behind);
      CHECK(plainRun(text) == at);
    }
  }
}

TEST_CASE("a run of plain characters ends with the text") {
  for (std::size_t size = 0; size < 20; ++size) CHECK(plainRun(std::string(size, ' ')) == size);
}
