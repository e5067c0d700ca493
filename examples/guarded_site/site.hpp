/// The site: which pages there are, and who may see them.
#pragma once

#include <httplib.h>

#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/users.hpp>

#include "common/router.hpp"

namespace guarded_site {

/// What the pages stand on. Immutable once the server runs.
struct Site {
  liveblocks::clerk::RouteGuard guard;
  liveblocks::clerk::Users users;
  /// Its visitors may do what only the demo's Clerk knows of.
  bool demo = false;
};

/// Lets the server answer by `router`, to which the pages are added. `router` and `site` must outlive it.
void addSite(httplib::Server& server, examples::Router& router, const Site& site);

}  // namespace guarded_site
