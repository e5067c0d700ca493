/// SHA-1 (RFC 3174), for names that others derive with it; never for security.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// The 20 bytes of the digest. Throws `std::runtime_error` when the crypto library refuses, as FIPS providers may.
std::string sha1(std::string_view bytes);

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
