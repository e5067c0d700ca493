/// Whether the options of an authenticator make sense.
#pragma once

#include <optional>

#include <liveblocks/clerk/request_authenticator.hpp>

#include "clerk/publishable_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Returns them in their normal form: URLs without trailing slashes.
/// Throws `std::invalid_argument` naming the option and what is wrong with it.
AuthenticatorOptions checkedOptions(AuthenticatorOptions options, const std::optional<PublishableKey>& instance);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
