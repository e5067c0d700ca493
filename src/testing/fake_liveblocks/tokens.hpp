/// Tokens of the dev server's form: unsigned.
#pragma once

#include <chrono>
#include <string>

#include <liveblocks/core/version.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

// From bodies that were checked.
std::string accessToken(const nlohmann::ordered_json& body, std::chrono::system_clock::time_point now);
std::string idToken(const nlohmann::ordered_json& body, std::chrono::system_clock::time_point now);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
