/// HMAC-SHA-256 (RFC 2104, RFC 6234).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// The 32 bytes of the code over the parts, one after the other. Throws `std::runtime_error` when the crypto library
/// refuses.
std::string hmacSha256(std::string_view key, std::initializer_list<std::string_view> parts);

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
