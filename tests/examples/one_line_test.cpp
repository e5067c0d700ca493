#include "common/one_line.hpp"

#include <string>

#include "catch.hpp"

TEST_CASE("what strangers wrote is one line of printable ASCII in the log") {
  const auto [text, shown] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"room a~b \"c\"", "room a~b \"c\""},
      {"a\nready: x\r\n", "a\\x0aready: x\\x0d\\x0a"},
      {"\\x0a", "\\x5cx0a"},
      {std::string("\0\x1B[2K\x7F", 6), "\\x00\\x1b[2K\\x7f"},
      {"\xC2\x85\xE2\x80\xA8\xFF", "\\xc2\\x85\\xe2\\x80\\xa8\\xff"},
  }));
  CHECK(examples::oneLine(text) == shown);
}

TEST_CASE("a line of the log shows 200 bytes of what strangers wrote") {
  CHECK(examples::oneLine(std::string(199, 'x')) == std::string(199, 'x'));
  CHECK(examples::oneLine(std::string(200, 'x')) == std::string(200, 'x'));
  CHECK(examples::oneLine(std::string(201, 'x')) == std::string(200, 'x') + "...");
}
