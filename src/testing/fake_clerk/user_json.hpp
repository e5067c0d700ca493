/// Users as the Backend API shows them.
#pragma once

#include <liveblocks/core/json.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include "testing/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
/// https://clerk.com/docs/reference/backend/types/backend-user
Json userJson(const FakeUser& user);

/// The members of that.
JsonMembers userMembers(const FakeUser& user);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
