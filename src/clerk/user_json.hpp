/// Users as Clerk's Backend API describes them.
#pragma once

#include <string>

#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// `Errc::upstream` if `text` is not a strict JSON object that describes a user.
Result<User> readUser(std::string text);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
