#include "common/content_security_policy.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using examples::contentSecurityPolicy;
using examples::Directive;

namespace {

constexpr const char* before = "default-src 'none'; script-src 'self'; ";
constexpr const char* after = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

}  // namespace

TEST_CASE("a page may load nothing but scripts of its own unless it is said") {
  CHECK(contentSecurityPolicy({}) == std::string(before) + after);
}

TEST_CASE("a page may load what its directives say, in their order") {
  const std::vector<Directive> directives = {{"style-src", {"'self'"}}, {"img-src", {"'self'", "https://a.example"}}};
  CHECK(contentSecurityPolicy(directives) ==
        std::string(before) + "style-src 'self'; img-src 'self' https://a.example; " + after);
}

TEST_CASE("a source that is empty does not count, nor a directive without any") {
  const std::vector<Directive> directives = {
      {"worker-src", {""}}, {"font-src", {}}, {"connect-src", {"'self'", "", "wss://a.example"}}};
  CHECK(contentSecurityPolicy(directives) == std::string(before) + "connect-src 'self' wss://a.example; " + after);
}
