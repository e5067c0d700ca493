#include "clerk/publishable_key.hpp"

#include <stdexcept>

#include "catch.hpp"

namespace clerk = liveblocks::clerk;

TEST_CASE("a publishable key names the Frontend API and the cookie suffix") {
  const auto [key, host, suffix] = GENERATE(table<std::string, std::string, std::string>({
      {"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "clerk.example.com", "naoXFJnI"},
      {"pk_test_Y2xlcmsuZXhhbXBsZS5jb20k", "clerk.example.com", "l2OS3d9k"},
      {"pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk", "foo-bar-13.clerk.accounts.dev", "nx2hSE6I"},
      {"pk_live_Y2xlcmsuY2xlcmsuZGV2JA", "clerk.clerk.dev", "1Z8AzTQD"},
      {"pk_test_Y2xlcmsuY2xlcmsuZGV2JA", "clerk.clerk.dev", "QvfNY2dr"},
      {"pk_test_Y2xlcmsuY2xlcmsuZGV2JA==", "clerk.clerk.dev", "X-AJuTs9"},
      {"pk_live_ZmFrZS1jbGVyay10ZXN0LmNsZXJrLmFjY291bnRzLmRldiQ=", "fake-clerk-test.clerk.accounts.dev", "qReyu04C"},
      {"pk_live_Y2xlcmsuaW5zcGlyZWQucHVtYS03NC5sY2wuZGV2JA", "clerk.inspired.puma-74.lcl.dev", "MqCvchyS"},
      {"pk_test_Y2xlcmsuaW5zcGlyZWQucHVtYS03NC5sY2wuZGV2JA", "clerk.inspired.puma-74.lcl.dev", "vWCgMp3A"},
      {"pk_test_ZW5vdWdoLWFscGFjYS04Mi5jbGVyay5hY2NvdW50cy5sY2xjbGVyay5jb20k",
       "enough-alpaca-82.clerk.accounts.lclclerk.com", "jtYvyt_H"},
      {"pk_test_eHh4eHh4LXhhYWFhYS1hYS5jbGVyay5hY2NvdW50cy5sY2xjbGVyay5jb20k",
       "xxxxxx-xaaaaa-aa.clerk.accounts.lclclerk.com", "tZJdb-5s"},
  }));
  CAPTURE(key);
  const clerk::detail::PublishableKey parsed = clerk::detail::parsePublishableKey(key);
  CHECK(parsed.frontendApi == host);
  CHECK(parsed.issuer() == "https://" + host);
  CHECK(parsed.cookieSuffix == suffix);
}

TEST_CASE("the prefix of a publishable key tells the kind of instance") {
  CHECK(clerk::detail::parsePublishableKey("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k").kind ==
        clerk::detail::InstanceKind::production);
  CHECK(clerk::detail::parsePublishableKey("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").kind ==
        clerk::detail::InstanceKind::development);
}

TEST_CASE("white space and quotes around a publishable key do not change its suffix") {
  const std::string text = GENERATE(as<std::string>(), " \tpk_live_Y2xlcmsuZXhhbXBsZS5jb20k\r\n",
                                    "\"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k\"", "'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k' ");
  CHECK(clerk::detail::parsePublishableKey(text).cookieSuffix == "naoXFJnI");
}

TEST_CASE("an invalid publishable key is rejected") {
  const auto [key, why] = GENERATE(table<std::string, std::string>({
      {"", "empty"},
      {"pk_live", "no body"},
      {"pk_live_", "empty body"},
      {"PK_LIVE_Y2xlcmsuZXhhbXBsZS5jb20k", "upper case"},
      {"sk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "secret key"},
      {"test_Y2xlcmsuZXhhbXBsZS5jb20k", "legacy key"},
      {"pk_live_!!!", "not base64"},
      {"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k_x", "a fourth part"},
      {"pk_live_Y2xl cmsuZXhhbXBsZS5jb20k", "white space inside"},
      {"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k=", "surplus padding"},
      {"pk_live_Y2xlcmsuY2xlcmsuZGV2JA=", "half the padding"},
      {"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k====", "more padding than there can be"},
      {"pk_live_ZXhhbXBsZS5jb20=", "example.com without the dollar sign"},
      {"pk_live_bG9jYWxob3N0JA==", "localhost$"},
      {"pk_live_YS5iJCQ=", "a.b$$"},
      {"pk_live_YSQuYiQ=", "a$.b$"},
      {"pk_live_YS5iJHg=", "a.b$x"},
      {"pk_live_LiQ=", ".$"},
      {"pk_live_IGEuYiQ=", " a.b$"},
      {"pk_live_YS5iL2Mk", "a.b/c$"},
      {"pk_live_aHR0cHM6Ly9hLmIk", "https://a.b$"},
      {"pk_live_YS5iOjQ0MyQ=", "a.b:443$"},
      {"pk_live_dUBhLmIk", "u@a.b$"},
      {"pk_live_LWEuYiQ=", "-a.b$"},
      {"pk_live_" + std::string(600, 'A'), "too long"},
  }));
  CAPTURE(key, why);
  CHECK_THROWS_AS(clerk::detail::parsePublishableKey(key), std::invalid_argument);
}
