/// @file
/// Identifies the callers of an auth endpoint by their Clerk session.
#pragma once

#include <memory>
#include <optional>

#include <liveblocks/auth_endpoint/identify.hpp>
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Identifies callers by their Clerk session. Their Clerk user provides `userInfo`, `{"name", "avatar"}`: the full
/// name, or else the username, or else the user id, and the image.
///
/// Looking up the user takes at most `UsersOptions::timeout`, 2 s by default. When the user cannot be fetched, the name
/// is the user id, there is no avatar, and `log` receives a warning; a user that Clerk does not know is
/// `Errc::noToken`. Nothing is looked up without `users`.
LIVEBLOCKS_EXPORT Identify clerkIdentity(clerk::SessionVerifier verifier, std::optional<clerk::Users> users = {},
                                         Log log = {});

/// As above: verifies sessions with the keys of the client, looks up users if it has a secret key and a transport, and
/// logs to its log. Without users (no secret key or no transport), its log receives a warning at once.
LIVEBLOCKS_EXPORT Identify clerkIdentity(const clerk::Client& client);

/// As above, with users fetched from `https://api.clerk.com`. With an empty key nothing is looked up, and `log`
/// receives a warning at once. Throws `std::invalid_argument` for an invalid secret key.
LIVEBLOCKS_EXPORT Identify clerkIdentity(clerk::SessionVerifier verifier, const Secret& secretKey,
                                         std::shared_ptr<http::Transport> transport = http::defaultTransport(),
                                         Log log = {});

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
