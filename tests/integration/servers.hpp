/// What servers of tests do.
#pragma once

#include "loopback_server.hpp"
#include "semaphore.hpp"

namespace liveblocks_tests {

/// Responds with what was sent.
inline LoopbackServer::Serve echo() {
  return eachRequest(
      [](Connection& connection, const ReceivedRequest& request) { connection.respond(200, request.body); });
}

/// Does not respond, and tells when a request has come.
inline LoopbackServer::Serve silence(Semaphore& asked) {
  return [&](Connection& connection) {
    connection.readRequest();
    asked.post();
    connection.awaitClose();
  };
}

}  // namespace liveblocks_tests
