#include <liveblocks/access_token.hpp>

#include "catch.hpp"
#include "core/base64.hpp"
#include "fixture.hpp"
#include "matrix_text.hpp"

namespace lb = liveblocks;
using liveblocks_tests::textOf;
using liveblocks_tests::times;

namespace {

const std::string header = lb::base64url::encode(R"({"alg":"none","typ":"JWT"})");
const std::string minimal = R"({"k":"acc","perms":{}})";

std::string tokenOf(const std::string& payload) { return header + '.' + lb::base64url::encode(payload) + '.'; }

/// The minimal payload, with more members.
std::string with(const std::string& members) { return minimal.substr(0, minimal.size() - 1) + ',' + members + '}'; }

lb::Error refusal(const std::string& token) {
  const auto result = lb::AccessToken::decodeUnverified(token);
  REQUIRE_FALSE(result);
  return result.error();
}

std::chrono::seconds sinceEpoch(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
}

}  // namespace

TEST_CASE("an access token is decoded with its permissions") {
  const auto token = lb::AccessToken::decodeUnverified(tokenOf(
      R"({"k":"acc","pid":"project","uid":"ada","perms":{"org1*":["*:write"],"org1.room1":["storage:none","room:read"]},)"
      R"("ui":{"name":"Ada"},"iat":1735689600,"exp":1735693200,"jti":"S4EdKIe8Nrgw","mcpr":20})"));
  REQUIRE(token);
  CHECK(token->kind == lb::AccessToken::Kind::access);
  CHECK(token->projectId == "project");
  CHECK(token->userId == "ada");
  CHECK(token->groupIds.empty());
  CHECK(token->userInfo.text() == R"({"name":"Ada"})");
  REQUIRE(token->permissions.size() == 2);
  CHECK(token->permissions[0].first == "org1*");
  CHECK(token->permissions[1].first == "org1.room1");
  CHECK(token->permissions[1].second.size() == 2);
  CHECK(sinceEpoch(token->issuedAt).count() == 1735689600);
  CHECK(sinceEpoch(token->expiresAt).count() == 1735693200);
  CHECK(token->id == "S4EdKIe8Nrgw");

  CHECK(textOf(*token->permissionsFor("org1.room1")) == "w-wwwww");
  CHECK(textOf(*token->permissionsFor("org1.room2")) == "wwwwwww");
  CHECK_FALSE(token->permissionsFor("org2.room1"));
}

TEST_CASE("an ID token is decoded with its user") {
  const auto token = lb::AccessToken::decodeUnverified(
      tokenOf(R"({"k":"id","pid":"localdev","uid":"bob","ui":null,"gids":["g1","g2"],"perms":{"*":["*:write"]}})"));
  REQUIRE(token);
  CHECK(token->kind == lb::AccessToken::Kind::id);
  CHECK(token->userId == "bob");
  CHECK(token->groupIds == std::vector<std::string>{"g1", "g2"});
  CHECK(token->userInfo.isNull());
  CHECK(token->permissions.empty());
  CHECK_FALSE(token->permissionsFor("r"));
}

TEST_CASE("claims that are absent or null are empty") {
  const std::string payload =
      GENERATE(as<std::string>(), minimal,
               with(R"("pid":null,"uid":null,"ui":null,"iat":null,"exp":null,"jti":null,"gids":null)"));
  const auto token = lb::AccessToken::decodeUnverified(tokenOf(payload));
  REQUIRE(token);
  CHECK(token->projectId.empty());
  CHECK(token->userId.empty());
  CHECK(token->userInfo.isNull());
  CHECK(token->permissions.empty());
  CHECK(token->issuedAt == std::chrono::system_clock::time_point());
  CHECK(token->expiresAt == std::chrono::system_clock::time_point());
  CHECK(token->id.empty());
}

TEST_CASE("the payload may be in any base64 that a browser decodes") {
  const std::string payload = R"({"k":"acc","uid":">>>~~~","perms":{}})";
  const std::string standard = lb::base64::encode(payload);
  const std::string url = lb::base64url::encode(payload);
  REQUIRE(standard.find_first_of("+/") != std::string::npos);
  REQUIRE(standard.back() == '=');
  std::string unusedBits = url;
  ++unusedBits.back();
  const std::string encoded = GENERATE_COPY(as<std::string>(), standard, url, unusedBits, url + " \t\n\f\r");
  const auto token = lb::AccessToken::decodeUnverified(header + '.' + encoded + ".signature");
  REQUIRE(token);
  CHECK(token->userId == ">>>~~~");
}

TEST_CASE("bytes that are not UTF-8 are read as Latin-1, as the dev server writes them") {
  const auto [uid, read] = GENERATE(table<std::string, std::string>({
      {"Ren\xE9\xFF\x80", "René\xC3\xBF\xC2\x80"},
      {"Ren\xC3\xA9", "René"},
      {"\xED\xA0\x80", "\xC3\xAD\xC2\xA0\xC2\x80"},
      {"\xC0\xAF", "\xC3\x80\xC2\xAF"},
  }));
  const auto token = lb::AccessToken::decodeUnverified(tokenOf(with(R"("uid":")" + uid + '"')));
  REQUIRE(token);
  CHECK(token->userId == read);
}

TEST_CASE("header and signature are ignored") {
  const std::string payload = lb::base64url::encode(minimal);
  const std::string token =
      GENERATE_COPY(as<std::string>(), "." + payload + ".", "{}." + payload + ".\xFF", "=." + payload + ".a");
  CHECK(lb::AccessToken::decodeUnverified(token));
}

TEST_CASE("a token has three parts") {
  const std::string payload = lb::base64url::encode(minimal);
  const std::string token = GENERATE_COPY(as<std::string>(), std::string(), std::string("."), payload, "a." + payload,
                                          "a." + payload + ".b.c", payload + "....");
  CHECK(refusal(token).code == lb::Errc::malformed);
}

TEST_CASE("a payload is one JSON object in base64") {
  const auto [payload, code] = GENERATE(table<std::string, lb::Errc>({
      {"!!!!", lb::Errc::badEncoding},
      {"a", lb::Errc::badEncoding},
      {"e30===", lb::Errc::badEncoding},
      {"e30=x", lb::Errc::badEncoding},
      {"e=30", lb::Errc::badEncoding},
      {"", lb::Errc::badJson},
      {"====", lb::Errc::badEncoding},
      {lb::base64url::encode("{"), lb::Errc::badJson},
      {lb::base64url::encode("[]"), lb::Errc::badJson},
      {lb::base64url::encode("null"), lb::Errc::badJson},
      {lb::base64url::encode(minimal + "x"), lb::Errc::badJson},
      {lb::base64url::encode("\xEF\xBB\xBF" + minimal), lb::Errc::badJson},
      {lb::base64url::encode(with(R"("k":"id")")), lb::Errc::badJson},
      {lb::base64url::encode(with(R"("uid":"\ud800")")), lb::Errc::badJson},
      {lb::base64url::encode("{}"), lb::Errc::badClaim},
  }));
  CAPTURE(payload);
  CHECK(refusal("h." + payload + ".s").code == code);
}

TEST_CASE("a claim of another type is refused by its name") {
  const auto [payload, message] = GENERATE(table<std::string, std::string>({
      {R"({"perms":{}})", R"("k" is not "acc" or "id")"},
      {R"({"k":"sec-legacy","perms":{}})", R"("k" is not "acc" or "id")"},
      {R"({"k":1,"perms":{}})", R"("k" is not "acc" or "id")"},
      {R"({"k":"acc"})", R"("perms" is not an object)"},
      {R"({"k":"acc","perms":null})", R"("perms" is not an object)"},
      {R"({"k":"acc","perms":[]})", R"("perms" is not an object)"},
      {with(R"("pid":1)"), R"("pid" is not a text or null)"},
      {with(R"("uid":{})"), R"("uid" is not a text or null)"},
      {with(R"("jti":true)"), R"("jti" is not a text or null)"},
      {with(R"("iat":"1735689600")"), R"("iat" is not a time or null)"},
      {with(R"("exp":1e9)"), R"("exp" is not a time or null)"},
      {with(R"("exp":8640000000001)"), R"("exp" is not a time or null)"},
      {R"({"k":"id","gids":"g"})", R"("gids" is not a list or null)"},
      {R"({"k":"id","gids":["g",1]})", R"("gids" is not a list of strings)"},
  }));
  CAPTURE(payload);
  const lb::Error error = refusal(tokenOf(payload));
  CHECK(error.code == lb::Errc::badClaim);
  CHECK(error.message == "a claim of the token is wrong: " + message);
}

TEST_CASE("an invalid scope is refused with the message of a browser client") {
  const auto [payload, message] = GENERATE(table<std::string, std::string>({
      {R"({"k":"acc","perms":{"r":"*:read"}})", "Permission list must be an array"},
      {R"({"k":"acc","perms":{"r":{"0":"*:read"}}})", "Permission list must be an array"},
      {R"({"k":"acc","perms":{"a":["*:read"],"r":["*:read","comments:delete"]}})",
       "Not a valid permission: comments:delete"},
      {R"({"k":"acc","perms":{"r":["a\nb"]}})", "Not a valid permission: a\\x0ab"},
      {R"({"k":"acc","perms":{"r":[5]}})", "Not a valid permission: 5"},
      {R"({"k":"acc","perms":{"r":[["*:read"]]}})", "Not a valid permission: [\"*:read\"]"},
  }));
  CAPTURE(payload);
  const lb::Error error = refusal(tokenOf(payload));
  CHECK(error.code == lb::Errc::badClaim);
  CHECK(error.message == message);
}

TEST_CASE("fractions of a second are dropped") {
  const auto token = lb::AccessToken::decodeUnverified(tokenOf(with(R"("iat":1735689600.75,"exp":8640000000000)")));
  REQUIRE(token);
  CHECK(sinceEpoch(token->issuedAt).count() == 1735689600);
  CHECK(token->expiresAt > token->issuedAt);
}

TEST_CASE("a scope in a message is cut at 64 bytes") {
  const auto [size, cut] = GENERATE(table<std::size_t, bool>({{63, false}, {64, false}, {65, true}}));
  const std::string message = refusal(tokenOf(R"({"k":"acc","perms":{"r":[")" + times(size, "x") + R"("]}})")).message;
  CHECK(message == "Not a valid permission: " + times(cut ? 64 : size, "x") + (cut ? "…" : ""));
}

TEST_CASE("tokens are decoded up to 64 KiB") {
  const auto [size, read] = GENERATE(table<std::size_t, bool>({{65535, true}, {65536, true}, {65537, false}}));
  std::string token = tokenOf(minimal);
  token += times(size - token.size(), "s");
  CHECK(bool(lb::AccessToken::decodeUnverified(token)) == read);
  if (!read) CHECK(refusal(token).code == lb::Errc::tokenTooLarge);
}

TEST_CASE("payloads are decoded up to a nesting depth of 64") {
  const auto [depth, read] = GENERATE(table<std::size_t, bool>({{63, true}, {64, true}, {65, false}}));
  const std::string info = times(depth - 1, "[") + times(depth - 1, "]");
  const auto token = lb::AccessToken::decodeUnverified(tokenOf(with("\"ui\":" + info)));
  CHECK(bool(token) == read);
  if (token) CHECK(token->userInfo.text() == info);
}

TEST_CASE("messages do not contain the token") {
  const std::string secret = lb::base64url::encode("a secret text that is no JSON");
  const std::string token = GENERATE_COPY(as<std::string>(), secret, "h." + secret + ".s", "h." + secret + "!.s",
                                          tokenOf(with(R"("jti":["secretive"])")));
  const std::string message = refusal(token).message;
  CHECK_THAT(message, !ContainsSubstring(secret.substr(0, 12)));
  CHECK_THAT(message, !ContainsSubstring("secret"));
}

TEST_CASE("the token in the body of a response is decoded") {
  const std::string token = tokenOf(with(R"("uid":"ada")"));
  const std::string body = GENERATE_COPY(as<std::string>(), "{\"token\":\"" + token + "\"}",
                                         "{\"other\":[1], \"to\\u006ben\":\"\\u0065" + token.substr(1) + "\"}");
  const auto decoded = lb::AccessToken::decodeUnverifiedBody(body);
  REQUIRE(decoded);
  CHECK(decoded->userId == "ada");
}

TEST_CASE("a response without a token is refused") {
  const auto [body, code] = GENERATE(table<std::string, lb::Errc>({
      {"", lb::Errc::badJson},
      {"Forbidden", lb::Errc::badJson},
      {"[]", lb::Errc::badJson},
      {R"({"token":"a","token":"b"})", lb::Errc::badJson},
      {"{}", lb::Errc::malformed},
      {R"({"token":null})", lb::Errc::malformed},
      {R"({"error":"forbidden","reason":"no"})", lb::Errc::malformed},
      {R"({"token":""})", lb::Errc::malformed},
      {R"({"token":"a.!.c"})", lb::Errc::badEncoding},
  }));
  CAPTURE(body);
  const auto decoded = lb::AccessToken::decodeUnverifiedBody(body);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == code);
}

TEST_CASE("bodies of responses are decoded up to 128 KiB") {
  const auto [size, read] = GENERATE(table<std::size_t, bool>({{131071, true}, {131072, true}, {131073, false}}));
  std::string body = R"({"token":")" + tokenOf(minimal) + R"("})";
  body += times(size - body.size(), " ");
  const auto decoded = lb::AccessToken::decodeUnverifiedBody(body);
  CHECK(bool(decoded) == read);
  if (!decoded) CHECK(decoded.error().code == lb::Errc::tokenTooLarge);
}
