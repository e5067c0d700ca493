/// What two translation units that include everything must agree on.
#pragma once

#include <system_error>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

namespace liveblocks_tests {

struct Identities {
  const void* fullAccess = &liveblocks::FULL_ACCESS;
  const void* roomRead = &liveblocks::permissions::roomRead;
  const std::error_category* category = &liveblocks::errorCategory();
};

Identities identitiesOfTheOtherUnit();

}  // namespace liveblocks_tests
