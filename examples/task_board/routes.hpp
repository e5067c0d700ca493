/// The routes of the server.
#pragma once

#include <httplib.h>

#include <memory>
#include <optional>
#include <string>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/route_guard.hpp>

#include "common/router.hpp"
#include "common/static_files.hpp"
#include "database.hpp"
#include "local_clerk/routes.hpp"

namespace task_board {

/// Everything that the routes need. Immutable when the server runs.
struct Application {
  std::shared_ptr<const Database> database;
  liveblocks::Identify identify;
  liveblocks::AuthEndpoint authEndpoint;
  examples::StaticFiles files;
  /// Protects the pages, if set.
  std::optional<liveblocks::clerk::RouteGuard> guard;
  /// `pageConfig()`
  std::string pageConfig;
  /// `contentSecurityPolicy()`
  std::string contentSecurityPolicy;
  /// The local Clerk of --demo, otherwise null.
  const local_clerk::Routes* localClerk = nullptr;
};

/// Adds the routes to `router`, which serves the requests. `router` and `application` must outlive the server.
void addRoutes(httplib::Server& server, examples::Router& router, const Application& application);

}  // namespace task_board
