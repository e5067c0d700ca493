/// How much of a request is read.
#pragma once

#include <cstddef>

#include <liveblocks/version.hpp>

#include "jwt/compact_jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

constexpr std::size_t maxCookieBytes = std::size_t{64} << 10;
constexpr std::size_t maxCookies = 200;
/// Of one of Clerk's cookies, percent-encoded.
constexpr std::size_t maxCookieValue = 3 * jwt::maxTokenSize;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
