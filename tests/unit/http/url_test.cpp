#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "http/url.hpp"

namespace http = liveblocks::http;

TEST_CASE("configured URLs begin with a scheme and a host, in any case of letters") {
  const auto url = http::detail::parseConfiguredUrl("HTTPS://Api.Example.com:8443/base/v1?x=1");
  REQUIRE(url);
  CHECK(url->isSecure());
  CHECK(url->hasQueryOrFragment());
  CHECK_FALSE(url->hasUserInfo());
  CHECK(url->href() == "https://api.example.com:8443/base/v1?x=1");
  CHECK_FALSE(http::detail::parseConfiguredUrl("http://h")->isSecure());
  CHECK_FALSE(http::detail::parseConfiguredUrl("http://h/a")->hasQueryOrFragment());
  CHECK(http::detail::parseConfiguredUrl("http://h?")->hasQueryOrFragment());
  CHECK(http::detail::parseConfiguredUrl("http://h#")->hasQueryOrFragment());
}

TEST_CASE("spellings that only browsers understand are refused in a configuration") {
  const std::string text =
      GENERATE(as<std::string>(), "", "example.com", "ftp://x", "https://", "https:///x", "http:x", "https:/x",
               "https:\\\\x", "https://a b", "https://a\nb", "https://a:", "https://a:x", "https://a:65536",
               "https://[::1", "https://a..b", "https://.a", " https://a", "https://a\\b", "https://a/\xC3\xA9",
               "httpfoo", "://a", "https://127.1", "https://0x7f000001", "https://127.0.0.01", "https://[::g]");
  CAPTURE(text);
  CHECK_FALSE(http::detail::parseConfiguredUrl(text));
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
  CHECK(http::detail::isLoopbackHost(host) == loopback);
}

TEST_CASE("user info does not disguise the host") {
  const std::string text = GENERATE("http://localhost@evil.example", "http://localhost:80@evil.example",
                                    "http://@evil.example", "http://:@evil.example");
  const auto url = http::detail::parseConfiguredUrl(text);
  REQUIRE(url);
  CHECK(url->hostname() == "evil.example");
  CHECK(url->hasUserInfo());
}

TEST_CASE("a base URL is used in its normal form, without slashes at its end") {
  const auto [text, url] = GENERATE(table<std::string, std::string>({
      {"https://x.example/prefix/", "https://x.example/prefix"},
      {"https://x.example//", "https://x.example"},
      {"http://localhost:1153/", "http://localhost:1153"},
      {"HTTPS://X.example:0443/A", "https://x.example/A"},
      {"https://x.example/a/./b/../{c}", "https://x.example/a/%7Bc%7D"},
      {"http://[0:0::1]:80", "http://[::1]"},
  }));
  CHECK(http::detail::checkedBaseUrl("baseUrl", text) == url);
}

TEST_CASE("a base URL without TLS may be permitted") {
  CHECK(http::detail::checkedBaseUrl("baseUrl", "http://x.example", true) == "http://x.example");
}

TEST_CASE("an unusable base URL is refused by name") {
  const std::string text =
      GENERATE(as<std::string>(), "", "x.example", "http://x.example", "https://u:p@x.example", "https://x.example?q",
               "https://x.example#f", "https://@x.example", "https://127.1", "http://127.1");
  CAPTURE(text);
  CHECK_THROWS_WITH(http::detail::checkedBaseUrl("baseUrl", text), Catch::Matchers::StartsWith("baseUrl "));
}
