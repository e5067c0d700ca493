/// The site: which pages there are, and who may see them.
#pragma once

#include <httplib.h>

#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/users.hpp>

namespace guarded_site {

/// What the pages stand on. Immutable once the server runs.
struct Site {
  liveblocks::clerk::RouteGuard guard;
  liveblocks::clerk::Users users;
  /// Its visitors may do what only the demo's Clerk knows of.
  bool demo = false;
};

/// `site` must outlive the server.
void addSite(httplib::Server& server, const Site& site);

}  // namespace guarded_site
