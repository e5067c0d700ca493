/// The user object of Clerk's Backend API.
/// https://clerk.com/docs/reference/backend-api/tag/Users
#pragma once

#include <string>

#include <liveblocks/clerk/users.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// `Errc::upstream` when `text` is not one strict JSON object that describes a user.
Result<User> readUser(std::string text);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
