#include "jwks/key_set.hpp"

#include <string>

#include "catch.hpp"
#include "core/base64.hpp"
#include "test_key.hpp"

using liveblocks::Errc;
using liveblocks::jwks::KeySet;
using liveblocks_tests::keySet;
using liveblocks_tests::sharedKey;
using liveblocks_tests::TestKey;

namespace {

/// A set with one good key, `good`, and another member.
std::string besideGood(const std::string& jwk) { return keySet({sharedKey().jwk("good"), jwk}); }

std::string rsaJwk(const std::string& modulus, const std::string& exponent) {
  return R"({"kty":"RSA","kid":"k","n":")" + modulus + R"(","e":")" + exponent + "\"}";
}

const std::string& modulus() {
  static const std::string text = liveblocks::base64url::encode(sharedKey().modulus());
  return text;
}

}  // namespace

TEST_CASE("keys are found by their exact id") {
  const auto set = KeySet::parse(keySet({sharedKey().jwk("a"), TestKey::rsa().jwk("b")}));
  REQUIRE(set);
  CHECK(set->size() == 2);
  CHECK(set->skipped() == 0);
  REQUIRE(set->find("a") != nullptr);
  CHECK(set->find("a")->verify("text", sharedKey().sign("text")) == liveblocks::crypto::RsaPublicKey::Verdict::valid);
  CHECK(set->find("a") != set->find("b"));
  for (const char* id : {"", "A", "a ", "aa", "c", "__proto__", "constructor", "toString"}) {
    CHECK(set->find(id) == nullptr);
  }
}

TEST_CASE("keys that fit RS256 are used") {
  const std::string more = GENERATE(as<std::string>(), "", R"(,"use":"sig")", R"(,"alg":"RS256")",
                                    R"(,"use":"sig","alg":"RS256","x5t":"abc")", R"(,"key_ops":["verify"])",
                                    R"(,"key_ops":["sign","verify"])");
  CHECK(KeySet::parse(keySet({sharedKey().jwk("k", more)})).value().size() == 1);
}

TEST_CASE("keys that do not fit RS256 are skipped") {
  const std::string jwk = GENERATE_COPY(
      as<std::string>(), sharedKey().jwk("k", R"(,"use":"enc")"), sharedKey().jwk("k", R"(,"use":null)"),
      sharedKey().jwk("k", R"(,"use":["sig"])"), sharedKey().jwk("k", R"(,"alg":"RS512")"),
      sharedKey().jwk("k", R"(,"alg":"rs256")"), sharedKey().jwk("k", R"(,"alg":1)"),
      sharedKey().jwk("k", R"(,"key_ops":["encrypt"])"), sharedKey().jwk("k", R"(,"key_ops":[])"),
      sharedKey().jwk("k", R"(,"key_ops":"verify")"), sharedKey().jwk("k", R"(,"d":"AQAB")"), sharedKey().jwk(""),
      sharedKey().jwk(std::string(257, 'k')), R"({"kty":"oct","kid":"k","k":"c2VjcmV0"})",
      R"({"kty":"EC","kid":"k","crv":"P-256","x":"AAAA","y":"AAAA"})", R"({"kid":"k"})", R"({})", "null", "1", "[]",
      R"("x")", R"({"kty":"RSA","kid":5,"n":")" + modulus() + R"(","e":"AQAB"})",
      R"({"kty":"RSA","n":")" + modulus() + R"(","e":"AQAB"})", R"({"kty":["RSA"],"kid":"k","n":"AQAB","e":"AQAB"})",
      R"({"kty":"RSA","kid":"k","e":"AQAB"})", R"({"kty":"RSA","kid":"k","n":")" + modulus() + "\"}",
      R"({"kty":"RSA","kid":"k","n":1,"e":"AQAB"})", rsaJwk(modulus(), "AQ"), rsaJwk(modulus(), "Ag"),
      rsaJwk(modulus(), ""), rsaJwk("", "AQAB"), rsaJwk(modulus() + "=", "AQAB"), rsaJwk(modulus() + "+", "AQAB"),
      rsaJwk(modulus(), "AQAB=="), rsaJwk(liveblocks::base64url::encode(TestKey::rsa(1024).modulus()), "AQAB"),
      rsaJwk(liveblocks::base64url::encode(std::string(1024, '\xFF')), "AQAB"),
      rsaJwk(std::string(60000, 'A'), "AQAB"));
  CAPTURE(jwk.substr(0, 100));
  const auto set = KeySet::parse(besideGood(jwk));
  REQUIRE(set);
  CHECK(set->size() == 1);
  CHECK(set->skipped() == 1);
  CHECK(set->find("k") == nullptr);
  CHECK_FALSE(KeySet::parse(keySet({jwk})));
}

TEST_CASE("documents that are no set of usable keys are refused") {
  const std::string text =
      GENERATE_COPY(as<std::string>(), "", "null", "[]", "{}", R"({"keys":[]})", R"({"keys":{}})", R"({"keys":null})",
                    "<html></html>", besideGood("{}").substr(0, 300), besideGood("{}") + "x",
                    "\xEF\xBB\xBF" + besideGood("{}"), besideGood(R"({"a":1,"a":2})"), R"({"keys":[],"keys":[]})",
                    "[" + sharedKey().jwk("k") + "]", R"({"keys":)" + sharedKey().jwk("k") + "}");
  const auto set = KeySet::parse(text);
  REQUIRE_FALSE(set);
  CHECK(set.error().code == Errc::malformed);
}

TEST_CASE("two usable keys with one id spoil the set, an unusable one does not") {
  CHECK_FALSE(KeySet::parse(keySet({sharedKey().jwk("k"), TestKey::rsa().jwk("k")})));
  CHECK_FALSE(KeySet::parse(keySet({sharedKey().jwk("k"), sharedKey().jwk("k")})));
  CHECK(KeySet::parse(keySet({sharedKey().jwk("k"), sharedKey().jwk("k", R"(,"use":"enc")")})));
}

TEST_CASE("a set may have 64 keys") {
  const auto setOf = [](int count) {
    std::string text = R"({"keys":[)" + sharedKey().jwk("k");
    for (int i = 1; i < count; ++i) text += ",{}";
    return KeySet::parse(text + "]}");
  };
  CHECK(setOf(63));
  CHECK(setOf(64).value().skipped() == 63);
  CHECK_FALSE(setOf(65));
}

TEST_CASE("a set may have 256 KiB") {
  const auto padded = [](std::size_t size) {
    std::string text = keySet({sharedKey().jwk("k")});
    return KeySet::parse(text + std::string(size - text.size(), ' '));
  };
  CHECK(padded(liveblocks::jwks::maxDocumentSize - 1));
  CHECK(padded(liveblocks::jwks::maxDocumentSize));
  CHECK_FALSE(padded(liveblocks::jwks::maxDocumentSize + 1));
}

TEST_CASE("a key that stays the same keeps its object") {
  const auto first = KeySet::parse(keySet({sharedKey().jwk("a"), sharedKey().jwk("b")})).value();
  const auto second =
      KeySet::parse(keySet({sharedKey().jwk("a", R"(,"use":"sig")"), TestKey::rsa().jwk("b")}), &first).value();
  CHECK(second.find("a") == first.find("a"));
  CHECK(second.find("b") != first.find("b"));
}
