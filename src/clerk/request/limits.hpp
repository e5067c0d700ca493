/// How much is read of a request, and of what a handshake brings.
#pragma once

#include <cstddef>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Of all cookies.
constexpr std::size_t maxCookieBytes = std::size_t{64} << 10;
constexpr std::size_t maxCookies = 200;

constexpr std::size_t maxNonceBytes = 512;
/// The Backend API's answer to a nonce.
constexpr std::size_t maxHandshakeBytes = std::size_t{256} << 10;
constexpr int maxHandshakeDepth = 16;
/// `Set-Cookie` values.
constexpr std::size_t maxDirectives = 50;
constexpr std::size_t maxDirectiveBytes = std::size_t{16} << 10;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
