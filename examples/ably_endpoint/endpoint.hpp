/// The `authUrl` of an Ably client.
#pragma once

#include <httplib.h>

#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/users.hpp>

#include "common/router.hpp"

namespace ably_endpoint {

/// What the endpoint stands on. Immutable once the server runs.
struct Endpoint {
  liveblocks::clerk::RouteGuard guard;
  liveblocks::clerk::Users users;
  liveblocks::ably::TokenRequestSigner signer;
  /// Answer to loopback host names only.
  bool demo = false;
};

/// Lets the server answer by `router`, to which `GET /api/ably` is added; all else is guarded and not there. `router`
/// and `endpoint` must outlive it.
void addEndpoint(httplib::Server& server, examples::Router& router, const Endpoint& endpoint);

}  // namespace ably_endpoint
