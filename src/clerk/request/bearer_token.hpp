/// The value of an `Authorization` header (RFC 9110 §11.6.2, RFC 6750 §2.1).
#pragma once

#include <optional>
#include <string_view>

#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The token behind the scheme `Bearer`, in any case; borrows the value. nullopt: there is no credential, or one of
/// another scheme. `Errc::malformed` for anything else.
std::optional<Result<std::string_view>> readBearerToken(std::string_view value);

/// Of a request that has more than one such header.
Error severalCredentials();

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
