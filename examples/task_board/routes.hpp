/// What the server answers, path by path.
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

/// Everything the routes stand on. Immutable once the server runs.
struct Application {
  std::shared_ptr<const Database> database;
  liveblocks::Identify identify;
  liveblocks::AuthEndpoint authEndpoint;
  examples::StaticFiles files;
  /// Stands in front of the pages, where there is one.
  std::optional<liveblocks::clerk::RouteGuard> guard;
  /// `pageConfig()`
  std::string pageConfig;
  /// `contentSecurityPolicy()`
  std::string contentSecurityPolicy;
  /// With --demo only: what stands for Clerk. Else null.
  const local_clerk::Routes* localClerk = nullptr;
};

/// Lets the server answer by `router`, to which the routes are added. `router` and `application` must outlive it.
void addRoutes(httplib::Server& server, examples::Router& router, const Application& application);

}  // namespace task_board
