#include <liveblocks/core/secret.hpp>

#include <sstream>

#include "catch.hpp"

using liveblocks::Secret;

TEST_CASE("a secret gives its text only when asked") {
  const Secret secret("sk_live_abcdef");
  CHECK(secret.reveal() == "sk_live_abcdef");
  CHECK(secret.redacted() == "sk_…***");
  std::ostringstream out;
  out << secret;
  CHECK(out.str() == "sk_…***");
}

TEST_CASE("what a secret shows says nothing about an unknown kind") {
  CHECK(Secret("hunter2").redacted() == "***");
  CHECK(Secret("").redacted().empty());
}

TEST_CASE("a missing environment variable is an empty secret") {
  const char* missing = nullptr;
  CHECK(Secret(missing).empty());
  CHECK(Secret().empty());
  CHECK(Secret(missing).reveal().empty());
}

TEST_CASE("copies share the text and outlive the original") {
  Secret copy;
  {
    const Secret original(std::string("sk_x"));
    copy = original;
  }
  CHECK(copy.reveal() == "sk_x");
}
