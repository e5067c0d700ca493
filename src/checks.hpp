/// Checks of what the host passes: the secret key, and what a token is to say about its user.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

// Each throws `std::invalid_argument`.
/// Returns the key without what was pasted around it.
Secret checkedSecretKey(const Secret& key);
void requireUserId(std::string_view userId);
void requireUtf8(std::string_view field, std::string_view text);
void requireUserInfo(const std::optional<Json>& userInfo);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
