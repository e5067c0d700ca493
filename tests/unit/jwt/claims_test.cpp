#include "jwt/claims.hpp"

#include <string>

#include "catch.hpp"

using liveblocks::jwt::Claims;
using liveblocks::jwt::toNumericDate;

TEST_CASE("dates are integers within the range of ECMAScript's dates") {
  const auto [text, value] = GENERATE(table<std::string, std::optional<std::int64_t>>({
      {"0", 0},
      {"-5", -5},
      {"1735689660", 1735689660},
      {"10000000000", 10000000000},
      {"8640000000000", 8640000000000},
      {"-8640000000000", -8640000000000},
      {"8640000000001", std::nullopt},
      {"-8640000000001", std::nullopt},
      {"9000000000000000", std::nullopt},
      {"9223372036854775808", std::nullopt},
      {"1735689660.0", std::nullopt},
      {"1.73568966e9", std::nullopt},
      {"9e15", std::nullopt},
      {"\"1735689660\"", std::nullopt},
      {"null", std::nullopt},
      {"true", std::nullopt},
      {"{}", std::nullopt},
      {"[]", std::nullopt},
      {"", std::nullopt},
  }));
  CAPTURE(text);
  CHECK(toNumericDate(text) == value);
}

TEST_CASE("claims own their payload") {
  const Claims claims(std::string(R"({"sub":"user_1","exp":1})"));
  CHECK(claims.find("sub") == "\"user_1\"");
  CHECK(claims.find("exp") == "1");
  CHECK(claims.find("nbf").empty());
  CHECK(claims.payload() == R"({"sub":"user_1","exp":1})");
}
