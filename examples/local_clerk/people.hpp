/// Who can sign in.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/testing/fake_clerk.hpp>

namespace local_clerk {

/// Their pictures are at the site of that origin.
std::vector<liveblocks::testing::FakeUser> people(const std::string& publicOrigin);

}  // namespace local_clerk
