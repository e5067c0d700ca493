#include "odr.hpp"
#include "catch.hpp"

TEST_CASE("Translation units agree on what is constant") {
  const liveblocks_tests::Identities here;
  const liveblocks_tests::Identities there = liveblocks_tests::identitiesOfTheOtherUnit();
  CHECK(here.fullAccess == there.fullAccess);
  CHECK(here.roomRead == there.roomRead);
  CHECK(here.category == there.category);
}
