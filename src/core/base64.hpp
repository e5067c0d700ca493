/// Standard base64 with padding (RFC 4648 §4).
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace base64 {

std::string encode(std::string_view bytes);

}  // namespace base64
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
