#include <stdexcept>

#include "catch.hpp"
#include "http/url.hpp"

namespace http = liveblocks::http;

TEST_CASE("http and https URLs are taken apart") {
  const auto url = http::parseUrl("HTTPS://Api.Example.com:8443/base/v1?x=1");
  REQUIRE(url);
  CHECK(url->secure);
  CHECK(url->host == "api.example.com");
  CHECK(url->port == "8443");
  CHECK(url->path == "/base/v1");
  CHECK(url->hasQueryOrFragment);
  CHECK(url->origin() == "https://api.example.com:8443");
}

TEST_CASE("what is no http URL is refused") {
  const std::string text =
      GENERATE(as<std::string>(), "", "example.com", "ftp://x", "https://", "https:///x", "http:x", "https://a b",
               "https://a\nb", "https://a:", "https://a:x", "https://a:65536", "https://[::1", "https://a..b",
               "https://.a", " https://a", "https://a\\b", "httpfoo");
  CAPTURE(text);
  CHECK_FALSE(http::parseUrl(text));
}

TEST_CASE("loopback hosts are known") {
  const auto [host, loopback] = GENERATE(table<std::string, bool>({
      {"localhost", true},
      {"app.localhost", true},
      {"127.0.0.1", true},
      {"127.9.9.9", true},
      {"[::1]", true},
      {"localhost.example.com", false},
      {"notlocalhost", false},
      {"127.0.0.1.example.com", false},
      {"127.1", false},
      {"10.0.0.1", false},
      {"[::2]", false},
  }));
  CAPTURE(host);
  const auto url = http::parseUrl("http://" + host + ":1153/");
  REQUIRE(url);
  CHECK(url->isLoopback() == loopback);
}

TEST_CASE("user info does not disguise the host") {
  const auto url = http::parseUrl("http://localhost@evil.example");
  REQUIRE(url);
  CHECK(url->host == "evil.example");
  CHECK(url->hasUserInfo);
  CHECK_FALSE(url->isLoopback());
}

TEST_CASE("a base URL keeps its path") {
  CHECK(http::checkedBaseUrl("baseUrl", "https://x.example/prefix/") == "https://x.example/prefix");
  CHECK(http::checkedBaseUrl("baseUrl", "http://localhost:1153/") == "http://localhost:1153");
  CHECK(http::checkedBaseUrl("baseUrl", "http://x.example", true) == "http://x.example");
}

TEST_CASE("an unusable base URL is refused by name") {
  const std::string text = GENERATE(as<std::string>(), "", "x.example", "http://x.example", "https://u:p@x.example",
                                    "https://x.example?q", "https://x.example#f");
  CAPTURE(text);
  CHECK_THROWS_WITH(http::checkedBaseUrl("baseUrl", text), Catch::Matchers::StartsWith("baseUrl "));
}
