#include "http/curl/request.hpp"

#include "catch.hpp"

namespace curl = liveblocks::http::curl;
using liveblocks::Errc;
using liveblocks::Result;

namespace {

Result<curl::Host> hostOf(const std::string& url, bool allowInsecureHttp) {
  const Result<curl::UrlParts> parts = curl::splitUrl(url);
  if (!parts) return parts.error();
  Result<curl::Host> host = curl::parseHost(parts->origin);
  if (!host) return host;
  if (std::optional<liveblocks::Error> error = curl::checkSecurity(*host, allowInsecureHttp)) return *error;
  return host;
}

}  // namespace

TEST_CASE("https goes anywhere, http to loopback hosts") {
  const auto [url, origin, loopback] = GENERATE(table<std::string, std::string, bool>({
      {"https://api.example.com/v2/x?y=1#z", "https://api.example.com", false},
      {"HTTPS://api.example.com:8443", "HTTPS://api.example.com:8443", false},
      {"http://localhost:1153/", "http://localhost:1153", true},
      {"http://LOCALHOST", "http://LOCALHOST", true},
      {"http://app.localhost/", "http://app.localhost", true},
      {"http://127.0.0.1:80?q", "http://127.0.0.1:80", true},
      {"http://127.1/", "http://127.1", true},
      {"http://[::1]:8080/", "http://[::1]:8080", true},
      {"https://a.example/@x", "https://a.example", false},
  }));
  CAPTURE(url);
  CHECK(curl::splitUrl(url).value().origin == origin);
  CHECK(hostOf(url, false).value().loopback == loopback);
}

TEST_CASE("path and query stay as they are written") {
  const auto [url, pathAndQuery] = GENERATE(table<std::string, std::string>({
      {"https://a.example", "/"},
      {"https://a.example?", "/?"},
      {"https://a.example#f", "/"},
      {"https://a.example/x?", "/x?"},
      {"https://a.example/a%2Fb//./../%2e%2E/c;d?e=%20&f=+&%zz#?g", "/a%2Fb//./../%2e%2E/c;d?e=%20&f=+&%zz"},
  }));
  CAPTURE(url);
  CHECK(curl::splitUrl(url).value().pathAndQuery == pathAndQuery);
}

TEST_CASE("plain http elsewhere must be allowed") {
  const std::string url =
      GENERATE(as<std::string>(), "http://api.example.com/", "http://10.0.0.1/", "http://localhost.example.com/",
               "http://127.0.0.1.example.com/", "http://[::2]/", "http://0.0.0.0/", "http://localhost./");
  CAPTURE(url);
  CHECK(hostOf(url, false).error().code == Errc::invalidRequest);
  CHECK(hostOf(url, true));
}

TEST_CASE("what is no plain URL of ours is refused") {
  const std::string url =
      GENERATE(as<std::string>(), "", "/path", "api.example.com", "https:/a.example", "https:///a.example", "https://",
               "ftp://a.example/", "file:///etc/passwd", "https://u@a.example/", "https://u:p@a.example/",
               "https://@a.example/", "http://localhost@evil.example/", "http://localhost\\@evil.example/",
               "https://a.example:99999/", "https://a b.example/", "https://a.example/\r\nX: y",
               "https://\xC3\xA4.example/", "https://[::1/", "javascript://x");
  CAPTURE(url);
  const auto host = hostOf(url, true);
  REQUIRE_FALSE(host);
  CHECK(host.error().code == Errc::invalidRequest);
}

TEST_CASE("a refusal does not repeat the URL") {
  CHECK_THAT(hostOf("https://user:hunter2@a.example/", false).error().message, !ContainsSubstring("hunter2"));
}
