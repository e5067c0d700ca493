/// Times for people.
#pragma once

#include <cstdint>
#include <string>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// `Wed, 01 Jan 2025 00:00:00 GMT`, as `Date.prototype.toUTCString()` of ECMAScript writes it.
std::string toUtcText(std::int64_t secondsSince1970);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
