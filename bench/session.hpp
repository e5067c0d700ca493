/// The token that is verified: a session as browsers bring it.
#pragma once

#include <cstddef>
#include <string>

#include <liveblocks/testing/clerk_issuer.hpp>

namespace liveblocks_bench {

/// A session of a member of an organization, with some custom claims: about 700 bytes.
std::string makeToken(const liveblocks::testing::ClerkIssuer& issuer, std::size_t number);

}  // namespace liveblocks_bench
