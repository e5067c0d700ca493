#include "core/base64.hpp"

#include <optional>
#include <string>

#include "catch.hpp"

namespace base64 = liveblocks::base64;

using base64::Alphabet;
using base64::Padding;
using base64::Policy;
using base64::TrailingBits;

TEST_CASE("base64 gives the texts of RFC 4648") {
  const auto [bytes, text] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {"\xFB\xFF\xBF", "+/+/"},
  }));
  CHECK(base64::encode(bytes) == text);
}

TEST_CASE("a policy says what is decoded") {
  const std::optional<std::string> none;
  const Policy either{Alphabet::either};
  const Policy standard{Alphabet::standard, Padding::optional};
  const Policy any{Alphabet::url, Padding::any, TrailingBits::zero, " \n"};
  const Policy lenient{Alphabet::url, Padding::optional, TrailingBits::ignored, " \n"};
  const Policy digit{Alphabet::url, Padding::refused, TrailingBits::ignoredDigit};
  const auto [policy, text, bytes] = GENERATE_COPY(table<Policy, std::string, std::optional<std::string>>({
      {either, "-_+/", "\xFB\xFF\xBF"},
      {either, "Zg==", none},
      {standard, "+/+/", "\xFB\xFF\xBF"},
      {standard, "-_-_", none},
      {standard, "", ""},
      {standard, "Zg", "f"},
      {standard, "Zg==", "f"},
      {standard, "Zm8=", "fo"},
      {standard, "Zg=", none},
      {standard, "Zg===", none},
      {standard, "Zm9v=", none},
      {standard, "Zm9v====", none},
      {standard, "====", none},
      {standard, "=", none},
      {standard, "Z=g=", none},
      {standard, "Zh==", none},
      {standard, "Zg= =", none},
      {any, "Zg=", "f"},
      {any, "Zm9v=====", "foo"},
      {any, " Z\ng = =\n", "f"},
      {any, "Zm9v\nYmFy\nZg", "foobarf"},
      {any, "Z\tg", none},
      {any, "Z=g", none},
      {any, "Zh", none},
      {any, "Z", none},
      {lenient, "Z h = =", "f"},
      {lenient, "Zm9vYmF", "fooba"},
      {lenient, "Zm9vY", none},
      {lenient, "Zg=", none},
      {digit, "Zm9vY", "foo"},
      {digit, "Zm9v!", none},
      {digit, "Zm9vYh", "foob"},
  }));
  CAPTURE(text);
  CHECK(base64::decode(text, policy) == bytes);
}
