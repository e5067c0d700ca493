#include "core/redactor.hpp"

#include <liveblocks/core/json.hpp>

#include "catch.hpp"

using liveblocks::redactor::redact;
using liveblocks::redactor::redactBody;
using liveblocks::redactor::repeatsSecret;
using liveblocks::redactor::shown;

TEST_CASE("credentials are taken out of foreign text") {
  const auto [text, shown] = GENERATE(table<std::string, std::string>({
      {"sk_live_a-B9.", "sk_…***."},
      {"sk_test_1", "sk_…***"},
      {"sk_prod_x", "sk_…***"},
      {"sk_dev_x", "sk_…***"},
      {"sk_localdevelopment", "sk_…***"},
      {"a sk_1\"sk_2 b", "a sk_…***\"sk_…*** b"},
      {"Authorization=sk_x", "Authorization=sk_…***"},
      {"keysk_0123456789abcdef", "keysk_…***"},
      {R"(\nsk_x \u000ask_x %20sk_x %3Dsk_x)", R"(\nsk_…*** \u000ask_…*** %20sk_…*** %3Dsk_…***)"},
      {"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD/A==;", "whsec_…***;"},
      {"ak_0123456789abcdef mt_0123456789abcdef oat_0123456789abcdef", "ak_…*** mt_…*** oat_…***"},
      {"Bearer 0123456789abcdef.", "Bearer …***"},
      {"authorization: bearer sk_x", "authorization: bearer sk_…***"},
      {"Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln, more", "Authorization: Bearer …***, more"},
      {"__session=eyJhbGciOiJSUzI1NiJ9.e30.c2ln;", "__session=eyJ…***;"},
      {"eyJhbGciOiJSUzI1NiJ9.", "eyJ…***"},
  }));
  CHECK(redact(text) == shown);
}

TEST_CASE("words that look like the beginning of a credential stay") {
  const std::string text = GENERATE(as<std::string>(), "", "no key", "sk_", "whsec_", "keys begin with sk_.", "task_1",
                                    "task_0123456789abcde", "mt_everest", "mat_0123456789abcdef", "ak_0123456789abcde",
                                    "the bearer token is not valid", "Bearer 0123456789abcde", "eyJ",
                                    "eyJhbGciOiJSUzI1NiJ9", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "日sk");
  CHECK(redact(text) == text);
}

TEST_CASE("a secret that is known is taken out wherever it stands") {
  CHECK(redact("xsk_ab.sk_abc", "sk_ab") == "xsk_…***.sk_…***c");
  CHECK(redact("a-secret-b", "secret") == "a-…***-b");
}

TEST_CASE("the key of every local Liveblocks is no secret") {
  const std::string text = "You can only use 'sk_localdev' as a secret key";
  CHECK(redact(text) == text);
  CHECK(redact(text, "sk_localdev") == text);
  CHECK_FALSE(repeatsSecret(text, "sk_localdev"));
}

TEST_CASE("what escapes of JSON hide is taken out of a body") {
  const auto [body, shown] = GENERATE(table<std::string, std::string>({
      {R"({"a":"sk\u005flive_x","b":"\u0073k_x","c":"a\nb"})", R"({"a":"sk_…***","b":"sk_…***","c":"a\nb"})"},
      {R"({"\u0073k_x":[1, "\"sk_x\""]} )", R"({"sk_…***":[1, "\"sk_…***\""]} )"},
      {R"({"a":"sk_x"})", R"({"a":"sk_…***"})"},
      {R"({"a":"\u0073k_x", broken sk_x)", R"({"a":"sk_…***", broken sk_…***)"},
      {R"({"a":1,"a":"\u0073k_x\n"})", R"({"a":1,"a":"sk_…***\n"})"},
      {R"(["\ud800 \u0073k\u005Fx"])", R"(["\\ud800 sk_…***"])"},
      {R"(["\ud800 \u0073k"])", R"(["\ud800 \u0073k"])"},
      {R"("\u0073k_x)", R"("sk_…***")"},
      {R"("\u00e9\u0073k_x\")", R"("\\u00e9sk_…***\"")"},
      {R"(a\" "\)", R"(a\" "\)"},
      {"<b>sk_x</b>", "<b>sk_…***</b>"},
      {R"({"a":"\\"})", R"({"a":"\\"})"},
      {"", ""},
  }));
  CHECK(redactBody(body) == shown);
}

TEST_CASE("a body repeats a secret as it is or in escapes") {
  const auto [body, repeats] = GENERATE(table<std::string, bool>({
      {R"({"token":"a.b.c","echo":"Bearer sk_x"})", true},
      {R"({"token":"a.b.c","echo":"Bearer \u0073k_x"})", true},
      {R"({"\u0073k_x":1})", true},
      {R"({"a":1,"a":"\u0073k_x"})", true},
      {R"({"a":"\ud800\u0073k_x"})", true},
      {R"({"a":"\u0073k_x)", true},
      {R"({"token":"a.b.c","echo":"Bearer \u0073k_y"})", false},
      {"sk_x", true},
      {"", false},
  }));
  CHECK(repeatsSecret(body, "sk_x") == repeats);
  CHECK_FALSE(repeatsSecret(body, ""));
}

TEST_CASE("what is shown of foreign text is short, one line, and without credentials") {
  CHECK(shown("a\r\nsk_x b", 100) == "a\\x0d\\x0ask_…*** b");
  CHECK(shown(std::string(501, 'x')) == std::string(500, 'x') + "…");
}

TEST_CASE("a long text of near misses takes no longer than its length") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "eyJ-ak_sk_Bearer ";
  CHECK(redact(text).size() <= text.size());
}
