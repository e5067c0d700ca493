#include "http/url.hpp"

#include "catch.hpp"

using liveblocks::http::detail::WebUrl;

namespace {

WebUrl parsed(const std::string& text) {
  const std::optional<WebUrl> url = WebUrl::parse(text);
  REQUIRE(url);
  return *url;
}

}  // namespace

TEST_CASE("an absolute URL is read into its normal form") {
  const auto [text, href] = GENERATE(table<std::string, std::string>({
      {"https://example.com", "https://example.com/"},
      {"HTTPS://EXAMPLE.com/", "https://example.com/"},
      {"https:example.com", "https://example.com/"},
      {"https:/\\/example.com\\a", "https://example.com/a"},
      {"https://example.com:443/", "https://example.com/"},
      {"http://example.com:80/", "http://example.com/"},
      {"http://example.com:443/", "http://example.com:443/"},
      {"https://example.com:/", "https://example.com/"},
      {"https://example.com:008080/", "https://example.com:8080/"},
      {"https://example.com:65535/", "https://example.com:65535/"},
      {"https://example.com./", "https://example.com./"},
      {"https://u:p@example.com/", "https://u:p@example.com/"},
      {"https://u@x:p@example.com/", "https://u%40x:p@example.com/"},
      {"https://:@example.com/", "https://example.com/"},
      {"https://192.168.0.1/", "https://192.168.0.1/"},
      {"https://[2001:DB8:0:0:1:0:0:1]:8443/", "https://[2001:db8::1:0:0:1]:8443/"},
      {"https://[0:0:0:0:0:0:0:1]/", "https://[::1]/"},
      {"https://[::]/", "https://[::]/"},
      {"https://h/a/./b/../c", "https://h/a/c"},
      {"https://h/a/%2E/b/%2e./c", "https://h/a/c"},
      {"https://h/../../a/..", "https://h/"},
      {"https://h/...", "https://h/..."},
      {"https://h//a//", "https://h//a//"},
      {"https://h/a b\"#<>`?", "https://h/a%20b%22#%3C%3E%60?"},
      {"https://h/^{}|%zz", "https://h/%5E%7B%7D|%zz"},
      {"https://h/é?é#é", "https://h/%C3%A9?%C3%A9#%C3%A9"},
      {"https://h?a='b' \"<>", "https://h/?a=%27b%27%20%22%3C%3E"},
      {"https://h/?", "https://h/?"},
      {"https://h/#", "https://h/#"},
  }));
  CAPTURE(text);
  CHECK(parsed(text).href() == href);
  CHECK(parsed(href).href() == href);
}

TEST_CASE("what is no http URL in a plain form is not accepted") {
  const std::string text = GENERATE(
      as<std::string>(), "", "example.com", "/path", "//example.com", "ftp://example.com", "javascript:alert(1)",
      "https://", "https:///", "https://:80/", "https://u@/", "https://a b/", "https://a%62/", "https://bücher.de/",
      "https://a..b/", "https://.a/", "https://./", "https://a!b/", "https://h:x/", "https://h:65536/", "https://h:-1/",
      "https://1.2.3/", "https://1.2.3.4.5/", "https://1.2.3.256/", "https://01.2.3.4/", "https://1.2.3.4./",
      "https://0x7f.1/", "https://2130706433/", "https://[::1/", "https://::1/", "https://[]/", "https://[1]/",
      "https://[::1.2.3.4]/", "https://[1:2:3:4:5:6:7::8]/", "https://[12345::]/", "https://[g::]/", "https://[::1]x/",
      " https://h/", "https://h/ ", "https://h/\t", "https://h/a\nb", "https://h/\x7F", "https://h/\xFF");
  CAPTURE(text);
  CHECK_FALSE(WebUrl::parse(text));
  CHECK_FALSE(WebUrl::parse(std::string("https://h/\0", 11)));
}

TEST_CASE("a URL longer than the limit is not accepted") {
  const std::string front = "https://h/";
  const auto of = [&](std::size_t size) { return front + std::string(size - front.size(), 'a'); };
  CHECK(WebUrl::parse(of(WebUrl::maxSize - 1)));
  CHECK(WebUrl::parse(of(WebUrl::maxSize)));
  CHECK_FALSE(WebUrl::parse(of(WebUrl::maxSize + 1)));
}

TEST_CASE("a reference is resolved against its base") {
  const auto [reference, href] = GENERATE(table<std::string, std::string>({
      {"", "https://u:p@app.example:8443/a/b?x=1"},
      {"#f", "https://u:p@app.example:8443/a/b?x=1#f"},
      {"?y=2", "https://u:p@app.example:8443/a/b?y=2"},
      {"c", "https://u:p@app.example:8443/a/c"},
      {"../c", "https://u:p@app.example:8443/c"},
      {".", "https://u:p@app.example:8443/a/"},
      {"/c", "https://u:p@app.example:8443/c"},
      {"\\c", "https://u:p@app.example:8443/c"},
      {"https:c", "https://u:p@app.example:8443/a/c"},
      {"https:/c", "https://u:p@app.example:8443/c"},
      {"http:c", "http://c/"},
      {"//other.example/c", "https://other.example/c"},
      {"\\\\other.example/c", "https://other.example/c"},
      {"https://other.example", "https://other.example/"},
  }));
  CAPTURE(reference);
  const auto url = WebUrl::parse(reference, parsed("https://u:p@app.example:8443/a/b?x=1#z"));
  REQUIRE(url);
  CHECK(url->href() == href);
}

TEST_CASE("a reference of another scheme is not accepted") {
  const std::string reference = GENERATE(as<std::string>(), "ftp://x", "mailto:a@b", "javascript:alert(1)", "//a b/");
  CAPTURE(reference);
  CHECK_FALSE(WebUrl::parse(reference, parsed("https://app.example/")));
}

TEST_CASE("an origin holds neither user info nor a default port") {
  const WebUrl url = parsed("https://user:password@Example.com:443/a?b#c");
  CHECK(url.origin() == "https://example.com");
  CHECK(url.scheme() == "https");
  CHECK(url.hostname() == "example.com");
  CHECK(url.port().empty());
  CHECK(url.path() == "/a");
  CHECK(parsed("http://[::1]:3000/").origin() == "http://[::1]:3000");
}

TEST_CASE("a new path is escaped and resolved") {
  WebUrl url = parsed("https://h/old?x=1#f");
  url.setPath("a/../b?c#d\\e");
  CHECK(url.href() == "https://h/b%3Fc%23d/e?x=1#f");
  url.setPath("");
  CHECK(url.path() == "/");
}

TEST_CASE("query parameters are read as forms are") {
  const WebUrl url = parsed("https://h/?a=1&a=2&b+c=d%20e&&flag&=empty&bad=%zz%&late=%E4&bom=%EF%BB%BFx");
  CHECK(url.queryParameter("a") == "1");
  CHECK(url.queryParameter("b c") == "d e");
  CHECK(url.queryParameter("flag") == "");
  CHECK(url.queryParameter("") == "empty");
  CHECK(url.queryParameter("bad") == "%zz%");
  CHECK(url.queryParameter("late") == "\xEF\xBF\xBD");
  CHECK(url.queryParameter("bom") == "\xEF\xBB\xBFx");
  CHECK_FALSE(url.queryParameter("none"));
}

TEST_CASE("changing a query parameter writes the query anew") {
  WebUrl url = parsed("https://h/p?a=1&b=%7e&a=2#f");
  url.setQueryParameter("a", "x y&z");
  CHECK(url.href() == "https://h/p?a=x+y%26z&b=%7E#f");
  url.appendQueryParameter("é", "*-._~+");
  CHECK(url.href() == "https://h/p?a=x+y%26z&b=%7E&%C3%A9=*-._%7E%2B#f");
  url.deleteQueryParameter("b");
  CHECK(url.href() == "https://h/p?a=x+y%26z&%C3%A9=*-._%7E%2B#f");
  url.deleteQueryParameter("a");
  url.deleteQueryParameter("é");
  CHECK(url.href() == "https://h/p#f");
}

TEST_CASE("deleting a query parameter that is not there writes the query anew, too") {
  WebUrl url = parsed("https://h/?a=b c");
  url.deleteQueryParameter("none");
  CHECK(url.href() == "https://h/?a=b+c");
}
