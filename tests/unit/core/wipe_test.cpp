#include "core/wipe.hpp"

#include <array>
#include <string>

#include "catch.hpp"

namespace detail = liveblocks::detail;

TEST_CASE("a string is overwritten") {
  std::string text = "a secret that is longer than what fits into the string object itself";
  const std::size_t size = text.size();
  detail::wipe(text);
  CHECK(text == std::string(size, '\0'));
  std::string empty;
  detail::wipe(empty);
  CHECK(empty.empty());
}

TEST_CASE("a guard overwrites what is there when its scope ends") {
  std::string text;
  std::array<char, 3> bytes{'a', 'b', 'c'};
  {
    const detail::WipeAtEnd wipeText(text);
    const detail::WipeAtEnd wipeBytes(bytes);
    text = "secret";
  }
  CHECK(text == std::string(6, '\0'));
  CHECK(bytes == std::array<char, 3>{});
}
