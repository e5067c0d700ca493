#include <liveblocks/liveblocks.hpp>

#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using Catch::Matchers::StartsWith;

namespace {

lb::Liveblocks clientWithKey(const lb::Secret& key) {
  lb::LiveblocksOptions options;
  options.secret = key;
  return lb::Liveblocks(options, nullptr);
}

std::string authorizeUrl(const std::string& baseUrl) {
  lb::LiveblocksOptions options;
  options.secret = "sk_x";
  options.baseUrl = baseUrl;
  return lb::Liveblocks(options, nullptr).prepareSession("u").request().url;
}

}  // namespace

TEST_CASE("a string that is not a secret key is refused") {
  const std::string key = GENERATE(as<std::string>(), "", "sk", "SK_x", "x", "\"\"");
  CAPTURE(key);
  CHECK_THROWS_AS(clientWithKey(key), std::invalid_argument);
  CHECK_THROWS_WITH(clientWithKey(key),
                    "Invalid value for field 'secret'. Secret keys must start with 'sk_'. Please provide the secret "
                    "key from your Liveblocks dashboard at https://liveblocks.io/dashboard/apikeys.");
}

TEST_CASE("a key of another kind is refused with the vendor's words and its kind") {
  const auto [key, kind] = GENERATE(table<std::string, std::string>({
      {"pk_thisisntsecret", "This is a publishable key (pk_...)."},
      {"pk_dev_thisisntsecret", "This is a public key of Liveblocks (pk_dev_...)."},
      {"whsec_thisisntsecret", "This is a webhook signing secret (whsec_...)."},
      {"SECRET=sk_x", "This one begins with \"SECRET=\": pass what stands after it."},
      {"'sk_x", "This one has a quote left at an end of it: pass what is between the quotes."},
  }));
  CHECK_THROWS_WITH(clientWithKey(key), StartsWith("Invalid value for field 'secret'. Secret keys must start with"));
  CHECK_THROWS_WITH(clientWithKey(key), Catch::Matchers::EndsWith(" " + kind));
}

TEST_CASE("a missing environment variable is refused as secret key") {
  const char* missing = nullptr;
  CHECK_THROWS_WITH(clientWithKey(missing), StartsWith("Invalid value for field 'secret'."));
}

TEST_CASE("a secret key that was copied badly is refused") {
  const std::string key =
      GENERATE(as<std::string>(), "sk_this…is…truncated", "sk_abc\nd", "sk_a b", "sk_a.b", "sk_é", "sk_abc 123!");
  CAPTURE(key);
  CHECK_THROWS_AS(clientWithKey(key), std::invalid_argument);
  CHECK_THROWS_WITH(clientWithKey(key),
                    "Invalid chars found in field 'secret'. Please check that you correctly copied the secret key from "
                    "your Liveblocks dashboard at https://liveblocks.io/dashboard/apikeys.");
}

TEST_CASE("a secret key that contains NUL is refused") {
  CHECK_THROWS_WITH(clientWithKey(std::string("sk_a\0b", 6)), StartsWith("Invalid chars found"));
}

TEST_CASE("a placeholder, or a key that is only a prefix, is refused as secret key") {
  const auto [key, reason] = GENERATE(table<std::string, std::string>({
      {"sk_", " This one is only the beginning of a key: pass all of it."},
      {"sk_dev_", " This one is only the beginning of a key: pass all of it."},
      {"sk_prod_", " This one is only the beginning of a key: pass all of it."},
      {"sk_...", " This one is a placeholder: pass the value that it stands for."},
      {"sk_dev_\u2026", " This one is a placeholder: pass the value that it stands for."},
      {"sk_dev_XXXXXXXX", " This one is a placeholder: pass the value that it stands for."},
      {"\"sk_prod_xxxx\"", " This one is a placeholder: pass the value that it stands for."},
  }));
  CAPTURE(key);
  CHECK_THROWS_AS(clientWithKey(key), std::invalid_argument);
  CHECK_THROWS_WITH(clientWithKey(key), Catch::Matchers::EndsWith("https://liveblocks.io/dashboard/apikeys." + reason));
}

TEST_CASE("secret keys are accepted") {
  const std::string key =
      GENERATE(as<std::string>(), "sk_x", "sk_test", "sk_valid-key_123", "sk_localdev", "sk_dev_a_", "sk_dev_aXXXX");
  CHECK_NOTHROW(clientWithKey(key));
}

TEST_CASE("the base URL is used with its path") {
  CHECK(clientWithKey("sk_valid-key_123").prepareSession("u").request().url ==
        "https://api.liveblocks.io/v2/authorize-user");
  CHECK(authorizeUrl("https://custom.example.com") == "https://custom.example.com/v2/authorize-user");
  CHECK(authorizeUrl("https://x.example/prefix/") == "https://x.example/prefix/v2/authorize-user");
  CHECK(authorizeUrl("HTTPS://X.example") == "https://x.example/v2/authorize-user");
}

TEST_CASE("an unusable base URL is refused instead of replaced by production") {
  const std::string url = GENERATE(as<std::string>(), "", "HTTP://x", "ftp://x", "https:// x", "httpfoo",
                                   "http:", "https://user:pw@x.example", "https://x.example/?q=1", "http://x.example");
  CAPTURE(url);
  CHECK_THROWS_AS(authorizeUrl(url), std::invalid_argument);
  CHECK_THROWS_WITH(authorizeUrl(url), StartsWith("baseUrl "));
}

TEST_CASE("a path after the host of Liveblocks is refused, a path after the host of a gateway is accepted") {
  const std::string path = GENERATE("/v2", "/v2/", "/x", "/v2/authorize-user");
  for (const std::string origin :
       {"https://api.liveblocks.io", "https://API.liveblocks.io", "https://api.liveblocks.io:443"}) {
    CAPTURE(origin, path);
    CHECK_THROWS_WITH(authorizeUrl(origin + path),
                      "baseUrl must end behind the host, as https://api.liveblocks.io: the library puts the version "
                      "and the path behind it");
  }
  CHECK_NOTHROW(authorizeUrl("https://api.liveblocks.io/"));
  CHECK_NOTHROW(authorizeUrl("https://api.liveblocks.io.example" + path));
  CHECK_NOTHROW(authorizeUrl("http://localhost:1153" + path));
}

TEST_CASE("plain HTTP to hosts other than loopback must be permitted") {
  liveblocks_tests::ClientFixture fixture;
  lb::LiveblocksOptions options = fixture.options();
  options.baseUrl = "http://proxy.internal";
  options.allowInsecureHttp = true;
  bool permitted = false;
  fixture.transport->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    permitted = call.allowInsecureHttp;
    return lb::testing::jsonResponse(200, "{}");
  });
  CHECK(lb::Liveblocks(options, fixture.transport).identifyUser({"u"}).status == 200);
  CHECK(permitted);
}

TEST_CASE("a timeout must be positive and no longer than a day") {
  lb::LiveblocksOptions options;
  options.secret = "sk_x";
  options.timeout = std::chrono::hours(24);
  CHECK_NOTHROW(lb::Liveblocks(options, nullptr));
  options.timeout = GENERATE(std::chrono::milliseconds(0), std::chrono::milliseconds(-1),
                             std::chrono::milliseconds(24 * 3'600'000 + 1), std::chrono::milliseconds::max());
  CHECK_THROWS_WITH(lb::Liveblocks(options, nullptr), "timeout must be more than 0 and at most 24 h");
}

TEST_CASE("calls of a client without a transport throw an exception that says so") {
  const lb::Liveblocks client = clientWithKey("sk_x");
  lb::Session session = client.prepareSession("u").allow("r", lb::FULL_ACCESS);
  CHECK_THROWS_AS(session.authorize(), std::logic_error);
  CHECK_THROWS_WITH(client.identifyUser({"u"}), StartsWith("this client has no transport"));
  CHECK_NOTHROW(session.request());
}
