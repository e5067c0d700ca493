#include <stdexcept>

#include "catch.hpp"
#include "clerk/route_expression.hpp"
#include "clerk/route_pattern.hpp"

namespace clerk = liveblocks::clerk;

namespace {

/// The message, or nothing.
std::string problemOf(const std::string& pattern) {
  try {
    const clerk::detail::RoutePattern accepted(pattern, true);
    return {};
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a pattern that path-to-regexp refuses is refused, with its place") {
  const auto [pattern, offset] = GENERATE(table<std::string, int>({
      {"/foo*", 4},     {"/foo**", 4},    {"/foo?", 4},   {"/*", 1},        {"/+", 1},     {"/a(b", 2},
      {"/a(b(?:c)", 2}, {"/a{b", 4},      {"/a}b", 2},    {"/a{b{c}}", 4},  {"/a{b*}", 4}, {"/:", 1},
      {"/a:/b", 2},     {"/:\u00e9", 1},  {"/a(.*)+", 2}, {"/a(.*)*", 2},   {"/a()", 2},   {"/a(?:b)", 3},
      {"/a(b(c))", 4},  {"/:a:b", 3},     {"/{/a}:b", 5}, {"/(a)(b):c", 7}, {"/([)", 2},   {"/(a**)", 4},
      {"/([b-a])", 3},  {"/(a{2,1})", 3}, {"/a(b\\)", 2},
  }));
  CAPTURE(pattern);
  CHECK(problemOf(pattern).find("at offset " + std::to_string(offset) + ": ") != std::string::npos);
}

TEST_CASE("unsupported syntax of a pattern is rejected, with its offset") {
  const auto [pattern, offset] = GENERATE(table<std::string, int>({
      {"", 0},
      {"foo", 0},
      {"\\/foo\\", 5},
      {"/((?!api).*)", 2},
      {"/((?=a)a)", 2},
      {"/(a(?<=a))", 3},
      {"/((?<n>a))", 2},
      {"/(^a)", 2},
      {"/(.+\\.css$)", 9},
      {"/(a{)", 3},
      {"/(a{,2})", 3},
      {"/(a])", 3},
      {"/(\\bfoo)", 3},
      {"/((?:a)\\1)", 8},
      {"/(\\x41)", 3},
      {"/(\\u0041)", 3},
      {"/(\\t)", 3},
      {"/([\\b])", 4},
      {"/([])", 2},
      {"/([^])", 2},
      {"/([^\u00e9])", 4},
      {"/:a\u3001:b", 4},
      {"/(a{2001})", 4},
  }));
  CAPTURE(pattern);
  CHECK(problemOf(pattern).find("at offset " + std::to_string(offset) + ": ") != std::string::npos);
}

TEST_CASE("the message about a pattern names it in one printable line") {
  CHECK(problemOf("/foo\n*").find("\"/foo\\x0a*\"") != std::string::npos);
  CHECK(problemOf("/\xFF").find("it is not UTF-8") != std::string::npos);
  CHECK(problemOf(std::string("/a\0b", 4)).find("it contains a NUL") != std::string::npos);
}

TEST_CASE("patterns are bounded in length") {
  const auto of = [](std::size_t size) { return "/" + std::string(size - 1, 'a'); };
  CHECK(problemOf(of(clerk::detail::PatternText::maxSize - 1)).empty());
  CHECK(problemOf(of(clerk::detail::PatternText::maxSize)).empty());
  CHECK_FALSE(problemOf(of(clerk::detail::PatternText::maxSize + 1)).empty());
}

TEST_CASE("patterns are bounded in what they compile to") {
  // The slash in front, and an optional one behind.
  const std::size_t most = clerk::detail::maxProgramSize - 3;
  const auto of = [](std::size_t count) { return "/(a{" + std::to_string(count) + "})"; };
  CHECK(problemOf(of(most - 1)).empty());
  CHECK(problemOf(of(most)).empty());
  CHECK_FALSE(problemOf(of(most + 1)).empty());
  CHECK_FALSE(problemOf("/((?:a{50}){41})").empty());
}

TEST_CASE("patterns are bounded in number") {
  const auto make = [](std::size_t count) {
    return clerk::detail::RoutePatterns(std::vector<std::string>(count, "/a"), true);
  };
  CHECK_NOTHROW(make(clerk::detail::RoutePatterns::maxCount - 1));
  CHECK_NOTHROW(make(clerk::detail::RoutePatterns::maxCount));
  CHECK_THROWS_AS(make(clerk::detail::RoutePatterns::maxCount + 1), std::invalid_argument);
}
