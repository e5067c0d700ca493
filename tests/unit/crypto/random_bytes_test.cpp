#include "crypto/hash.hpp"

#include "catch.hpp"

using liveblocks::crypto::randomBytes;

TEST_CASE("random bytes are as many as asked for and differ") {
  CHECK(randomBytes(16).value().size() == 16);
  CHECK(randomBytes(16) != randomBytes(16));
}
