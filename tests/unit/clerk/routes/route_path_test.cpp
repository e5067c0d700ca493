#include "clerk/route_path.hpp"

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
using namespace std::string_literals;

TEST_CASE("a path is decoded once") {
  const auto [target, decoded] = GENERATE(table<std::string, std::u16string>({
      {"/", u"/"},
      {"/foo/", u"/foo/"},
      {"/fo%6f", u"/foo"},
      {"/fo%6F", u"/foo"},
      {"/foo?x=%2e%2e//;", u"/foo"},
      {"/%E6%97%A5/\u65e5/%F0%9F%98%80", u"/\u65e5/\u65e5/\U0001F600"},
      {"/100%25", u"/100%"},
      {"/100%25zz", u"/100%zz"},
      {"/a%3Ab:c", u"/a:b:c"},
      {"/...", u"/..."},
      {"/.hidden/..x", u"/.hidden/..x"},
  }));
  CAPTURE(target);
  const auto path = clerk::detail::readRoutePath(target);
  REQUIRE(path);
  CHECK(path->decoded == decoded);
}

TEST_CASE("delimiters that came as escapes are kept in the cautious reading") {
  const auto path = clerk::detail::readRoutePath("/a%3ab%3F%23%40%26%3D%2B%24%2C%20%41");
  REQUIRE(path);
  CHECK(path->cautious == u"/a%3ab%3F%23%40%26%3D%2B%24%2C A");
  CHECK(path->decoded == u"/ab?#@&=+$, A"s.insert(2, u":"));
}

TEST_CASE("a path that routers may read in different ways is not read") {
  const std::string target =
      GENERATE("", "*", "foo", "?x", "example.com:443", "//foo", "/a//b", "/a//", "/.", "/..", "/a/./b", "/a/../b",
               "/a/%2e/b", "/a/%2E./b", "/a/..", "/a%2Fb", "/a%2fb", "/a%5Cb", "/a\\b", "/a;b", "/foo#", "/foo#/../bar",
               "https://app.example#x", "https://app.example/foo", "HTTP://app.example:80/foo", "https://app.example",
               "http://a%2Ffoo%2Fx/foo", "/a%3Bb", "/..;/a", "/a%00", "/a\tb", "/a%0A", "/a%0D", "/a%7F", "/a%C2%85",
               "/a%E2%80%A8", "/a%E2%80%A9b", "/%", "/%4", "/%zz", "/%2561", "/%25%36%31", "/%25252e", "/%C3",
               "/%C0%AF", "/%ED%A0%80", "/\xFF", "https://", "https:///admin", "https://h\\admin", "https://h//admin",
               "https:/h/admin", "ftp://h/admin");
  CAPTURE(target);
  CHECK_FALSE(clerk::detail::readRoutePath(target));
  CHECK_FALSE(clerk::detail::readRoutePath("/a\0b"s));
}

TEST_CASE("a path longer than the limit is not read") {
  const auto of = [](std::size_t size) { return "/" + std::string(size - 1, 'a') + "?query"; };
  CHECK(clerk::detail::readRoutePath(of(clerk::detail::maxPathSize - 1)));
  CHECK(clerk::detail::readRoutePath(of(clerk::detail::maxPathSize)));
  CHECK_FALSE(clerk::detail::readRoutePath(of(clerk::detail::maxPathSize + 1)));
}
