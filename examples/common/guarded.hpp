/// Routes of cpp-httplib behind a guard.
#pragma once

#include <httplib.h>

#include <functional>

#include <liveblocks/clerk/route_guard.hpp>

namespace examples {

/// Answers a request that has passed the guard.
using GuardedHandler =
    std::function<void(const liveblocks::clerk::RequestState&, const httplib::Request&, httplib::Response&)>;

/// Asks the guard first, and sends what Clerk wants sent with the answer. `guard` must outlive the server.
httplib::Server::Handler guarded(const liveblocks::clerk::RouteGuard& guard, GuardedHandler handler);

}  // namespace examples
