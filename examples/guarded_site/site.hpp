/// The site: which pages there are, and who may see them.
#pragma once

#include <httplib.h>

#include <string>

#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/users.hpp>

#include "common/clerk_sources.hpp"
#include "common/router.hpp"
#include "common/static_files.hpp"
#include "local_clerk/routes.hpp"
#include "pages.hpp"

namespace guarded_site {

/// What the pages stand on. Immutable once the server runs.
struct Site {
  liveblocks::clerk::RouteGuard guard;
  liveblocks::clerk::Users users;
  Frame frame;
  /// Scripts and styles.
  examples::StaticFiles files;
  examples::ClerkSources sources;
  /// Of the demo alone; else null.
  const local_clerk::Routes* localClerk = nullptr;
};

/// Lets the server answer by `router`, to which the pages are added. `router` and `site` must outlive it.
void addSite(httplib::Server& server, examples::Router& router, const Site& site);

}  // namespace guarded_site
