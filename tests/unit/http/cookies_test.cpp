#include "http/cookies.hpp"

#include "catch.hpp"

namespace http = liveblocks::http;

namespace {

std::optional<std::string_view> find(std::string_view header, std::string_view name) {
  http::detail::CookieReader reader(header);
  while (const auto cookie = reader.next()) {
    if (cookie->name == name) return cookie->value;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("a cookie is found by its exact name") {
  const auto [header, value] = GENERATE(table<std::string, std::string>({
      {"a=1", "1"},
      {"b=2; a=1", "1"},
      {"b=2;a=1;c=3", "1"},
      {"\t a = 1 ;b=2", "1"},
      {"a=1=2", "1=2"},
      {"a=\"1\"", "\"1\""},
      {"a=first; a=second", "first"},
      {"a=; a=second", ""},
      {"a; a=1", "1"},
      {"A=2; a=1", "1"},
      {"aa=2; a=1", "1"},
      {";;a=1;;", "1"},
      {"b=x%3B%20a%3D2; a=1", "1"},
  }));
  CAPTURE(header);
  CHECK(find(header, "a") == value);
}

TEST_CASE("a cookie that was not sent is not found") {
  const std::string header = GENERATE("", "a", "b=1", "A=1", "b=a=1", "%61=1", ";");
  CAPTURE(header);
  CHECK_FALSE(find(header, "a"));
}

TEST_CASE("percent-encoding is undone when it is whole") {
  const auto [text, decoded] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"abc", "abc"},
      {"%41%2e%2E", "A.."},
      {"%", "%"},
      {"%4", "%4"},
      {"%4g%41", "%4g%41"},
      {"%41%", "%41%"},
      {"%25%34%31", "%41"},
      {"a+b", "a+b"},
  }));
  CAPTURE(text);
  CHECK(http::detail::decodeCookieValue(text) == decoded);
}
