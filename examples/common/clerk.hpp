/// A Clerk instance, as the environment describes it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>

namespace examples {

struct ClerkConfig {
  std::string publishableKey;
  liveblocks::Secret secretKey;
  /// Where it is set no request waits for keys.
  std::string jwtKey;
  std::string apiUrl = "https://api.clerk.com";
  /// Empty: Clerk's account portal.
  std::string signInUrl;
  /// Empty: browsers reach Clerk's Frontend API at its own host.
  std::string proxyUrl;
  /// Where the pictures of people are; empty: at the site's own origin.
  std::string imageOrigin = "https://img.clerk.com";
  /// Origins whose sessions are accepted.
  std::vector<std::string> authorizedParties;
  /// What reaches Clerk.
  std::shared_ptr<liveblocks::http::Transport> transport;
};

/// Reads `CLERK_PUBLISHABLE_KEY`, `CLERK_SECRET_KEY`, `CLERK_JWT_KEY`, `CLERK_API_URL`, `CLERK_SIGN_IN_URL`,
/// `CLERK_PROXY_URL` and `CLERK_AUTHORIZED_PARTIES`.
ClerkConfig clerkFromEnvironment();

/// Throws `std::invalid_argument` unless both keys of an instance are there: a program that is no demo needs them.
void requireInstance(const ClerkConfig& config);

/// The first that is possible of: the key itself, fetched with the secret key, fetched by the publishable key.
liveblocks::clerk::KeySource keySource(const ClerkConfig& config);

/// Whose tokens are accepted, for a site at that origin. Behind a proxy Clerk issues them under its URL, else under
/// that of the Frontend API, which the library knows by the publishable key: then none is named.
liveblocks::clerk::AcceptedIssuers issuers(const ClerkConfig& config, const std::string& publicOrigin);

/// For the pages of a site at that origin.
liveblocks::clerk::RequestAuthenticator makeAuthenticator(const ClerkConfig& config, const std::string& publicOrigin,
                                                          const liveblocks::Log& log);

/// Needs the secret key.
liveblocks::clerk::Users makeUsers(const ClerkConfig& config, const liveblocks::Log& log);

}  // namespace examples
