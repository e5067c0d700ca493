/// The auth endpoint of the application.
#pragma once

#include <liveblocks/auth_endpoint.hpp>

namespace id_tokens {

/// Whoever has a session of `personOfSession()` in the `Authorization` header gets an ID token.
liveblocks::AuthEndpoint makeEndpoint(const liveblocks::Liveblocks& liveblocks);

}  // namespace id_tokens
