/// Where a server listens, and which Clerk instance its visitors belong to.
#pragma once

#include <string>

#include "common/clerk.hpp"
#include "common/server.hpp"

namespace examples {

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

/// Serves until a signal of `stopSignals` arrives, and says first where: `ready: http://host:port`, and on a line of
/// its own `open: <public origin>` where browsers see the site elsewhere.
void serve(Server& server, const sigset_t& stopSignals, const std::string& url, const std::string& publicOrigin = {});

/// Binds the server, and completes the public origin. Returns where it listens, as `http://host:port`.
std::string bind(Server& server, SiteConfig& config);

}  // namespace examples
