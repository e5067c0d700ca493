#include "clerk/machine_token.hpp"

#include <string>

#include "catch.hpp"

using namespace liveblocks;

namespace {

/// As `subject@issuer`, one behind another; `refused`.
std::string read(const std::string& json) {
  const auto actors = clerk::detail::readActors(json);
  if (!actors) return "refused";
  std::string text;
  for (const auto& actor : *actors) text += (text.empty() ? "" : " ") + actor.subject + "@" + actor.issuer;
  return text;
}

}  // namespace

TEST_CASE("the first two actors of a chain are read") {
  const auto [json, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"null", ""},
      {R"({"iss":"https://i","sub":"agent_1","extra":1})", "agent_1@https://i"},
      {R"({"sub":"a","iss":null,"act":null})", "a@"},
      {R"({"sub":"a1","act":{"iss":"https://j","sub":"a2"}})", "a1@ a2@https://j"},
      {R"({"sub":"a1","act":{"sub":"a2","act":{"sub":"a3"}}})", "a1@ a2@"},
      {R"({"sub":"a1","act":{"sub":"a2","act":5}})", "a1@ a2@"},
  }));
  CAPTURE(json);
  CHECK(read(json) == expected);
}

TEST_CASE("an actor that cannot be named is refused, and the chain with it") {
  const std::string json = GENERATE(
      as<std::string>(), R"("a")", "5", "true", "[]", R"([{"sub":"a"}])", "{}", R"({"sub":5})", R"({"sub":""})",
      R"({"sub":null})", R"({"sub":"a\n"})", R"({"sub":"a","iss":5})", R"({"sub":"a","iss":"\u0000"})",
      R"({"iss":"https://i","act":{"sub":"a2"}})", R"({"sub":"a1","act":{"iss":"https://j"}})",
      R"({"sub":"a1","act":"a2"})", R"({"sub":"a1","act":{"sub":"a2","iss":[]}})");
  CAPTURE(json);
  CHECK(read(json) == "refused");
}
