#include <liveblocks/core/json.hpp>

#include <nlohmann/json.hpp>

#include "core/redactor.hpp"
#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

namespace redactor = liveblocks::redactor;

namespace {

constexpr std::string_view key = "sk_prod_7f3kQ9vZ1mB6xL4pT8sWcR2nDjYh";

/// What stands behind its public beginning.
constexpr std::string_view hidden = key.substr(8);

void checkIsRedacted(const std::string& text) {
  for (const std::string_view known : {key, std::string_view()}) {
    fuzzing::require(redactor::redact(text, known).find(hidden) == std::string::npos);
    fuzzing::require(redactor::redactBody(text, known).find(hidden) == std::string::npos);
  }
  fuzzing::require(redactor::repeatsSecret(text, key));
  fuzzing::require(redactor::shown(text).find(hidden) == std::string::npos);
}

/// The same as a string of JSON.
void checkBody(const std::string& text) {
  const std::string body = "{\"a\":" + liveblocks::Json(text).text() + "}";
  const std::string redacted = redactor::redactBody(body, key);
  fuzzing::require(redacted.find(hidden) == std::string::npos && redactor::repeatsSecret(body, key));
  const auto member = liveblocks::Json::parse(redacted).find("a");
  fuzzing::require(member && member->asString() && member->asString()->find(hidden) == std::string::npos);
}

/// The same with an escape, in an object that names a member twice: browsers read that, too.
void checkLaxBody(const std::string& text) {
  std::string string = liveblocks::Json(text).text();
  string.replace(string.rfind(key), 1, "\\u0073");
  const std::string redacted = redactor::redactBody(R"({"a":0,"a":)" + string + "}", key);
  fuzzing::require(nlohmann::json::parse(redacted).dump().find(hidden) == std::string::npos);
}

void checkShown(std::string_view text) {
  constexpr std::size_t maxBytes = 60;
  const std::string shown = redactor::shown(text, maxBytes);
  fuzzing::require(shown.size() <= 4 * maxBytes + std::string_view("…").size() && liveblocks::utf8::isValid(shown));
  for (const char c : shown) fuzzing::require(!liveblocks::ascii::isControl(c));
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string escaped = R"({"message":"Invalid key \u0073k_)";
  const std::string backslashes = R"("\\)";
  return {"Authorization: Bearer \nplease",
          escaped + "\n\"}",
          "whsec_MfKQ9r8GKYqrTwjUPD8I/=\n%20eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
          "task_1 sk_localdev\\n\n\\u00e9 oat_",
          "\n",
          backslashes + "\n\\\""};
}

/// Wherever a secret stands, between whatever texts, it is found, plain and in JSON; and what is shown is one line of
/// UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = fuzzing::view(data, size);
  checkShown(rest);
  // Without its beginning nothing tells that it is a secret. Its first digit may come of a printed control character.
  if (rest.find(hidden.substr(1)) != std::string_view::npos) return 0;
  const std::string_view before = fuzzing::takeLine(rest);
  const std::string text = std::string(before).append(key).append(" ").append(rest);
  checkIsRedacted(text);
  if (!liveblocks::utf8::isValid(text)) return 0;
  checkBody(text);
  checkLaxBody(text);
  return 0;
}
