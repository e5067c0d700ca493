#include "crypto/rsa_public_key.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "catch.hpp"
#include "core/base64.hpp"
#include "test_key.hpp"

using liveblocks::Errc;
using liveblocks::crypto::readRsaPublicKeyPem;
using liveblocks_tests::sharedKey;
using liveblocks_tests::TestKey;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// The base64 between the first and the last line.
std::string bodyOf(const std::string& pem) {
  const std::size_t begin = pem.find('\n') + 1;
  return pem.substr(begin, pem.find("-----END") - begin);
}

std::string withoutEndOfLines(const std::string& text) { return replaced(text, "\n", ""); }

}  // namespace

TEST_CASE("a public key is read in every shape people paste") {
  const std::string pem = sharedKey().spki();
  const std::string body = bodyOf(pem);
  const auto [shape, text] = GENERATE_COPY(table<std::string, std::string>({
      {"LF", pem},
      {"LF, no final one", pem.substr(0, pem.size() - 1)},
      {"CRLF", replaced(pem, "\n", "\r\n")},
      {"CR", replaced(pem, "\n", "\r")},
      {"one line", withoutEndOfLines(pem)},
      {"spaces for line ends", replaced(pem, "\n", " ")},
      {"tabs for line ends", replaced(pem, "\n", "\t")},
      {"indented", "  " + replaced(pem, "\n", "\n  ")},
      {"double quotes", "\"" + pem + "\""},
      {"single quotes", "'" + pem + "'"},
      {"quotes with spaces around", "  \"" + pem + "\"  \n"},
      {"escaped line ends", replaced(pem, "\n", "\\n")},
      {"escaped CRLF", replaced(pem, "\n", "\\r\\n")},
      {"escaped and quoted", "\"" + replaced(pem, "\n", "\\n") + "\""},
      {"line ends escaped twice", replaced(pem, "\n", "\\\\n")},
      {"a backslash at the end of each line", replaced(pem, "\n", "\\\n")},
      {"typographic quotes", "\xE2\x80\x9C" + pem + "\xE2\x80\x9D"},
      {"byte order mark", "\xEF\xBB\xBF" + pem},
      {"bare body", withoutEndOfLines(body)},
      {"bare body, wrapped", body},
      {"bare body, escaped", replaced(body, "\n", "\\n")},
      {"bare body, leading spaces", "   " + withoutEndOfLines(body)},
      {"base64url body", replaced(replaced(withoutEndOfLines(body), "+", "-"), "/", "_")},
      {"base64url within the PEM lines",
       "-----BEGIN PUBLIC KEY-----\n" + replaced(replaced(body, "+", "-"), "/", "_") + "-----END PUBLIC KEY-----"},
      {"PKCS#1", sharedKey().pkcs1()},
      {"PKCS#1, escaped", replaced(sharedKey().pkcs1(), "\n", "\\n")},
      {"PKCS#1, bare body", bodyOf(sharedKey().pkcs1())},
  }));
  CAPTURE(shape);
  const auto key = readRsaPublicKeyPem(text);
  REQUIRE(key);
  CHECK((*key)->verify("text", sharedKey().sign("text")) == liveblocks::crypto::RsaPublicKey::Verdict::valid);
}

TEST_CASE("what is no RSA public key is refused by its name") {
  const std::string pem = sharedKey().spki();
  const std::string body = withoutEndOfLines(bodyOf(pem));
  const auto [text, name] = GENERATE_COPY(table<std::string, std::string>({
      {"", "nothing"},
      {" \n\t ", "nothing"},
      {"\"\"", "nothing"},
      {sharedKey().privateKey(), "a private key"},
      {replaced(sharedKey().privateKey(), "\n", "\\n"), "a private key"},
      {sharedKey().encryptedPrivateKey(), "a private key"},
      {bodyOf(sharedKey().privateKey()), "a private key"},
      {TestKey::elliptic().privateKey(), "a private key"},
      {sharedKey().certificate(), "a certificate"},
      {bodyOf(sharedKey().certificate()), "a certificate"},
      {TestKey::elliptic().spki(), "another algorithm"},
      {bodyOf(TestKey::elliptic().spki()), "another algorithm"},
      {sharedKey().jwk("ins_1"), "KeySource::jwks()"},
      {"[]", "KeySource::jwks()"},
      {liveblocks::base64url::encode(sharedKey().modulus()), "the modulus alone"},
      {pem + pem, "more than one PEM block"},
      {pem + sharedKey().certificate(), "more than one PEM block"},
      {pem + "trailing", "something behind it"},
      {"CLERK_JWT_KEY=" + pem, "begins with \"CLERK_JWT_KEY=\": pass what stands after it"},
      {"key: " + pem, "begins with the name of something"},
      {"some words " + pem, "does not start with its BEGIN line"},
      {pem.substr(0, pem.find("-----END")), "without its END line"},
      {body + "-----END PUBLIC KEY-----", "does not start with its BEGIN line"},
      {replaced(pem, "END PUBLIC", "END RSA PUBLIC"), "without its END line"},
      {"-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----", "another kind"},
      {"-----BEGIN PUBLIC KEY", "cut off"},
      {"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "cut off"},
      {body.substr(0, 200), "cut off"},
      {body + "AAAA", "damaged"},
      {"sk_test_abcdefgh", "a secret key"},
      {"pk_test_abcdefgh", "a publishable key"},
      {"https://clerk.example.com/.well-known/jwks.json", "a URL"},
      {"ssh-rsa AAAAB3NzaC1yc2E", "an SSH key"},
      {"not base64 at all!", "not base64"},
      {"=====", "cut off"},
      {std::string("AA\0A", 4), "not base64"},
      {std::string(70000, 'A'), "too long"},
      {TestKey::rsa(1024).spki(), "too short"},
      {TestKey::rsa(2040).pkcs1(), "too short"},
  }));
  CAPTURE(name);
  const auto key = readRsaPublicKeyPem(text);
  REQUIRE_FALSE(key);
  CHECK(key.error().code == Errc::malformed);
  CHECK_THAT(key.error().message, ContainsSubstring(name));
}

TEST_CASE("the refusal of a key repeats nothing of it") {
  const std::string secret = bodyOf(sharedKey().privateKey());
  const std::string text = GENERATE_COPY(sharedKey().privateKey(), secret, "sk_test_abcdefgh", secret + "!");
  const auto key = readRsaPublicKeyPem(text);
  REQUIRE_FALSE(key);
  CHECK(key.error().message.find("abcdefgh") == std::string::npos);
  CHECK(key.error().message.find(secret.substr(0, 8)) == std::string::npos);
}

TEST_CASE("an exponent of 3 is accepted") { CHECK(readRsaPublicKeyPem(TestKey::rsa(2048, 3).spki())); }
