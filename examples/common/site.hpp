/// The address of a server and its Clerk instance.
#pragma once

#include <memory>
#include <string>

#include <liveblocks/clerk/client.hpp>

#include "common/server.hpp"

namespace examples {

/// A Clerk instance and the transport to it.
struct ClerkConfig {
  liveblocks::clerk::ClientOptions options;
  /// Where the pictures of users are; empty: at the site's own origin.
  std::string imageOrigin = "https://img.clerk.com";
  std::shared_ptr<liveblocks::http::Transport> transport;
};

struct SiteConfig {
  std::string host;
  /// 0 for any free port.
  int port = 0;
  /// The origin in browsers; empty for the listening address.
  std::string publicOrigin;
  /// Empty in a demo.
  ClerkConfig clerk;
};

/// Reads `HOST` and `PORT`, and except for a demo `PUBLIC_ORIGIN` and Clerk's variables. Throws `std::invalid_argument`
/// with a message that says which variable to fix; also for a demo that other machines could reach.
SiteConfig siteFromEnvironment(bool demo);

/// Throws `std::invalid_argument` unless the publishable key and the secret key are set.
void requireInstance(const ClerkConfig& config);

/// The client of the site's Clerk instance. By default it only accepts sessions of the site's own pages.
liveblocks::clerk::Client makeClient(const SiteConfig& config, const liveblocks::Log& log);

/// Prints `ready: http://host:port`, and if browsers use another origin, `open: <public origin>` on another line. Then
/// serves until a signal of `stopSignals` arrives.
void serve(Server& server, const sigset_t& stopSignals, const std::string& url, const std::string& publicOrigin = {});

/// Binds the server and sets the public origin if it is empty. Returns the address, as `http://host:port`.
std::string bind(Server& server, SiteConfig& config);

}  // namespace examples
