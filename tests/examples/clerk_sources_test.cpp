#include "common/clerk_sources.hpp"

#include <stdexcept>
#include <string>

#include "catch.hpp"

namespace {

constexpr const char* origin = "https://app.example.com";
// The keys of clerk.example.com and of happy-1.clerk.accounts.dev.
constexpr const char* liveKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";
constexpr const char* testKey = "pk_test_aGFwcHktMS5jbGVyay5hY2NvdW50cy5kZXYk";

std::string connectSourceOf(const std::string& publishableKey, const std::string& proxyUrl = "") {
  examples::ClerkConfig config;
  config.options.publishableKey = publishableKey;
  config.options.proxyUrl = proxyUrl;
  return examples::clerkSources(config, origin).connect;
}

}  // namespace

TEST_CASE("a page may connect to the Frontend API that its publishable key names") {
  CHECK(connectSourceOf(liveKey) == "https://clerk.example.com");
  CHECK(connectSourceOf(testKey) == "https://happy-1.clerk.accounts.dev");
}

TEST_CASE("a page behind a proxy for the Frontend API may connect there alone") {
  CHECK(connectSourceOf(liveKey, "https://auth.example.com/clerk") == "https://auth.example.com");
  CHECK(connectSourceOf(liveKey, "https://auth.example.com:8443") == "https://auth.example.com:8443");
  CHECK(connectSourceOf(liveKey, "http://127.0.0.1:4000/clerk") == "http://127.0.0.1:4000");
}

TEST_CASE("a proxy at the site's own origin needs no source") {
  CHECK(connectSourceOf(liveKey, "/__clerk").empty());
  CHECK(connectSourceOf(liveKey, "https://app.example.com/__clerk").empty());
}

TEST_CASE("pictures come from Clerk, and from the site where it says so") {
  examples::ClerkConfig config;
  config.options.publishableKey = liveKey;
  CHECK(examples::clerkSources(config, origin).image == "https://img.clerk.com");
  config.imageOrigin.clear();
  CHECK(examples::clerkSources(config, origin).image.empty());
}

TEST_CASE("a page that loads Clerk's browser SDK may start its worker, no other one") {
  examples::ClerkConfig config;
  config.options.publishableKey = testKey;
  CHECK(examples::clerkSources(config, origin).worker == "blob:");
}

TEST_CASE("an instance without a publishable key needs nothing") {
  examples::ClerkConfig config;
  config.options.secretKey = "sk_live_x";
  config.options.proxyUrl = "https://auth.example.com/clerk";
  const examples::ClerkSources sources = examples::clerkSources(config, origin);
  CHECK(sources.connect.empty());
  CHECK(sources.image.empty());
  CHECK(sources.worker.empty());
}

TEST_CASE("nothing but a host gets into a policy") {
  // The hosts are "", "a;b", "a b" and "a,b".
  for (const char* key :
       {"pk_live_", "pk_live_JA==", "pk_live_YTtiJA==", "pk_live_YSBiJA==", "pk_live_YSxiJA==", "x"}) {
    INFO(key);
    CHECK_THROWS_AS(connectSourceOf(key), std::invalid_argument);
  }
  for (const char* url : {"https://", "https:///clerk", "https://a;b/", "https://a b/", "https://a,b", "https://*/",
                          "https://u@a/", "auth.example.com", "ftp://auth.example.com", "'none'"}) {
    INFO(url);
    CHECK_THROWS_AS(connectSourceOf(liveKey, url), std::invalid_argument);
  }
}
