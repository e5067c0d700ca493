/// Guarded routes of cpp-httplib.
#pragma once

#include <httplib.h>

#include <functional>

#include <liveblocks/clerk/route_guard.hpp>

namespace examples {

/// Handles a request that has passed the guard.
using GuardedHandler =
    std::function<void(const liveblocks::clerk::RequestState&, const httplib::Request&, httplib::Response&)>;

/// Calls the guard first, and adds the headers of the state to the response. `guard` must outlive the server.
httplib::Server::Handler guarded(const liveblocks::clerk::RouteGuard& guard, GuardedHandler handler);

}  // namespace examples
