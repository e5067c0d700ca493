/// The `authUrl` of an Ably client.
#pragma once

#include <httplib.h>

#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/users.hpp>

namespace ably_endpoint {

/// What the endpoint stands on. Immutable once the server runs.
struct Endpoint {
  liveblocks::clerk::RouteGuard guard;
  liveblocks::clerk::Users users;
  liveblocks::ably::TokenRequestSigner signer;
  /// Answer to loopback host names only.
  bool demo = false;
};

/// Adds `GET /api/ably`; all else is guarded and not there. `endpoint` must outlive the server.
void addEndpoint(httplib::Server& server, const Endpoint& endpoint);

}  // namespace ably_endpoint
