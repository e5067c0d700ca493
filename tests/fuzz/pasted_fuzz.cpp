#include <cstring>
#include <string>

#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

namespace pasted = liveblocks::pasted;

std::vector<std::string> fuzzing::seeds() {
  const std::string label = "PRIVATE KEY";
  return {"  \"sk_test_0123456789abcdef\" \n",
          "CLERK_SECRET_KEY=sk_live_0123456789abcdef",
          "\xE2\x80\x9Cpk_live_Y2xlcms\xE2\x80\x9D\xC2\xA0",
          "${CLERK_SECRET_KEY}",
          "`whsec_MfKQ9r8GKYqrTwjUPD8I`",
          "\xEF\xBB\xBF'-----BEGIN " + label + "-----'",
          "sk_live_...",
          "<your key>"};
}

namespace {

constexpr std::string_view secret = "n8XkQ9vZ1mB6xL4pT8sWcR2nDjYh";

void check(std::string_view text) {
  const std::string_view value = pasted::clean(text);
  if (!value.empty()) {
    fuzzing::require(value.data() >= text.data() && value.data() + value.size() <= text.data() + text.size());
    fuzzing::require(!liveblocks::ascii::isSpace(value.front()) && !liveblocks::ascii::isSpace(value.back()));
  }
  const char* kind = pasted::kindOf(value);
  fuzzing::require(kind == nullptr || std::strlen(kind) < 128);
  const auto problem = pasted::problemOf(value);
  if (!problem) return;
  fuzzing::require(!problem->empty() && problem->size() < 256 && liveblocks::ascii::isPrintable(*problem));
  fuzzing::require(problem->find(secret) == std::string::npos);
}

}  // namespace

/// What is left of a pasted value is a part of it without white space around it, and what is said about it is short and
/// does not repeat a secret in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = fuzzing::view(data, size);
  check(rest);
  const std::string_view before = fuzzing::takeLine(rest);
  check(std::string(before).append(secret).append(rest));
  return 0;
}
