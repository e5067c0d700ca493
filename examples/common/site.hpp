/// Where a server listens, and which Clerk instance its visitors belong to.
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
  /// 0: any free one.
  int port = 0;
  /// Where browsers see the site; empty: where it listens.
  std::string publicOrigin;
  /// Empty in a demo.
  ClerkConfig clerk;
};

/// Reads `HOST` and `PORT`, and unless it is a demo `PUBLIC_ORIGIN` and Clerk's variables. Throws
/// `std::invalid_argument`, saying which variable to mend; also for a demo that not only this machine could reach.
SiteConfig siteFromEnvironment(bool demo);

/// Throws `std::invalid_argument` unless the publishable key and the secret key are set.
void requireInstance(const ClerkConfig& config);

/// The client of the site's Clerk instance. By default it only accepts sessions of the site's own pages.
liveblocks::clerk::Client makeClient(const SiteConfig& config, const liveblocks::Log& log);

/// Serves until a signal of `stopSignals` arrives, and says first where: `ready: http://host:port`, and on a line of
/// its own `open: <public origin>` where browsers see the site elsewhere.
void serve(Server& server, const sigset_t& stopSignals, const std::string& url, const std::string& publicOrigin = {});

/// Binds the server, and completes the public origin. Returns where it listens, as `http://host:port`.
std::string bind(Server& server, SiteConfig& config);

}  // namespace examples
