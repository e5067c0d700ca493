#include <liveblocks/clerk/session_verifier.hpp>

#include <stdexcept>

#include "catch.hpp"
#include "core/base64.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using Carrier = clerk::SessionToken::Carrier;
using liveblocks::Errc;

namespace {

constexpr const char* key = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";
constexpr std::size_t maxToken = std::size_t{16} << 10;

http::RequestView withAuthorization(std::string_view value) {
  return {"POST", "/", {{"AUTHORIZATION", value}, {"cookie", "__session=cookie"}}};
}

http::RequestView withCookies(std::string_view value) { return {"POST", "/", {{"Cookie", value}}}; }

/// A token that nobody signed.
std::string token(std::string_view payload) {
  return liveblocks::base64url::encode("{}") + "." + liveblocks::base64url::encode(payload) + ".c2ln";
}

std::string ours(int issuedAt) {
  return token(R"({"iss":"https://clerk.example.com","iat":)" + std::to_string(issuedAt) + "}");
}

}  // namespace

TEST_CASE("a bearer token is taken from the header, whatever the cookies hold") {
  const std::string value =
      GENERATE("Bearer abc", "bearer abc", "BEARER abc", "Bearer  abc", "Bearer\tabc", " Bearer \t abc ", "bEaReR abc");
  CAPTURE(value);
  const clerk::SessionToken found = clerk::findSessionToken(withAuthorization(value)).value();
  CHECK(found.text == "abc");
  CHECK(found.carrier == Carrier::header);
}

TEST_CASE("a header that cannot be read is not rescued by a cookie") {
  const std::string value =
      GENERATE("Bearer", "Bearer ", "abc", "Basic", "Bearer abc junk", "Bearer a, Bearer b", "bearer:abc",
               "Bearer\xC2\xA0"
               "abc");
  CAPTURE(value);
  CHECK(clerk::findSessionToken(withAuthorization(value)).error().code == Errc::malformed);
}

TEST_CASE("several Authorization headers are refused") {
  const http::RequestView request{
      "POST", "/", {{"authorization", "Bearer a"}, {"x", "y"}, {"Authorization", "Basic b"}}};
  CHECK(clerk::findSessionToken(request).error().code == Errc::malformed);
}

TEST_CASE("a header that holds no bearer credential leaves the choice to the cookies") {
  const std::string value = GENERATE("", " ", "Basic abc", "Basic abc def", "Digest a=b, c=d", "BearerX abc");
  CAPTURE(value);
  const clerk::SessionToken found = clerk::findSessionToken(withAuthorization(value)).value();
  CHECK(found.text == "cookie");
  CHECK(found.carrier == Carrier::cookie);
}

TEST_CASE("without a credential there is no token") {
  const std::string cookies = GENERATE("", "other=1", "__session=", "__session", "__session=; __session=late",
                                       "__client_uat=1", "__session_naoXFJnI=abc", "__Session=abc");
  CAPTURE(cookies);
  CHECK(clerk::findSessionToken(withCookies(cookies)).error().code == Errc::noToken);
  CHECK(clerk::findSessionToken({}).error().code == Errc::noToken);
}

TEST_CASE("the plain session cookie is found") {
  const std::string cookies = GENERATE("__session=a.b.c", "x=1; __session=a.b.c; y=2", "__session=a%2Eb%2ec",
                                       "__session=a.b.c; __session=other", "__session_l2OS3d9k=x; __session=a.b.c");
  CAPTURE(cookies);
  CHECK(clerk::findSessionToken(withCookies(cookies)).value().text == "a.b.c");
  CHECK(clerk::findSessionToken(withCookies(cookies), key).value().text == "a.b.c");
}

TEST_CASE("the session cookie is looked for in every Cookie header") {
  const http::RequestView request{
      "GET", "/", {{"Cookie", "b=1"}, {"x", "__session=0"}, {"COOKIE", "__session=2"}, {"cookie", "__session=3"}}};
  CHECK(clerk::findSessionToken(request).value().text == "2");
}

TEST_CASE("quotes belong to the value of a cookie") {
  CHECK(clerk::findSessionToken(withCookies("__session=\"a.b.c\"")).value().text == "\"a.b.c\"");
}

TEST_CASE("an encoded semicolon does not make a cookie") {
  CHECK(clerk::findSessionToken(withCookies("x=1%3B%20__session=evil")).error().code == Errc::noToken);
}

TEST_CASE("the suffixed cookie of the instance is enough") {
  CHECK(clerk::findSessionToken(withCookies("__session_naoXFJnI=a.b.c"), key).value().text == "a.b.c");
}

TEST_CASE("of a plain and a suffixed cookie one counts") {
  const std::string foreign = token(R"({"iss":"https://clerk.other.example","iat":99})");
  struct Row {
    const char* why;
    std::string plain;
    std::string suffixed;
    bool plainCounts;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"plain is of another instance", foreign, ours(1), false},
      {"both are of the same age", ours(5), ours(5), false},
      {"suffixed is newer", ours(5), ours(6), false},
      {"plain is newer", ours(6), ours(5), true},
      {"suffixed has no age", ours(1), token(R"({"iss":"https://clerk.example.com"})"), true},
      {"suffixed cannot be read", ours(1), "junk", true},
      {"plain has no age", token(R"({"iss":"https://clerk.example.com"})"), ours(1), false},
      {"plain is no token", "junk", ours(1), true},
      {"plain is no JSON", "e30.e30x.c2ln", ours(1), true},
      {"plain names no issuer", token(R"({"iat":1})"), ours(1), true},
      {"plain has an empty issuer", token(R"({"iss":""})"), ours(1), true},
      {"plain names an issuer inside of something", token(R"({"a":{"iss":"https://clerk.example.com"}})"), ours(1),
       true},
      {"plain names two issuers", token(R"({"iss":"https://x.example","iss":"https://clerk.example.com"})"), ours(1),
       true},
      {"plain is issued over http", token(R"({"iss":"http://clerk.example.com","iat":9})"), ours(1), false},
  }));
  CAPTURE(row.why);
  const std::string cookies = "__session=" + row.plain + "; __session_naoXFJnI=" + row.suffixed;
  CHECK(clerk::findSessionToken(withCookies(cookies), key).value().text ==
        (row.plainCounts ? row.plain : row.suffixed));
  CHECK(clerk::findSessionToken(withCookies(cookies)).value().text == row.plain);
}

TEST_CASE("a token is at most 16 KiB large") {
  const std::string largest(maxToken, 'a');
  CHECK(clerk::findSessionToken(withAuthorization("Bearer " + largest)).value().text == largest);
  CHECK(clerk::findSessionToken(withCookies("__session=" + largest)).value().text == largest);
  CHECK(clerk::findSessionToken(withAuthorization("Bearer " + largest + "a")).error().code == Errc::tokenTooLarge);
  CHECK(clerk::findSessionToken(withCookies("__session=" + largest + "a")).error().code == Errc::tokenTooLarge);
}

TEST_CASE("a cookie is measured after it has been decoded") {
  std::string encoded;
  for (std::size_t i = 0; i < maxToken; ++i) encoded += "%61";
  CHECK(clerk::findSessionToken(withCookies("__session=" + encoded)).value().text == std::string(maxToken, 'a'));
  CHECK(clerk::findSessionToken(withCookies("__session=" + encoded + "a")).error().code == Errc::tokenTooLarge);
}

TEST_CASE("an invalid publishable key throws") {
  CHECK_THROWS_AS(clerk::findSessionToken({}, "pk_live_junk"), std::invalid_argument);
}
