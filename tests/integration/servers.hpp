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

/// Responds to one request of each connection with "once", and closes.
inline LoopbackServer::Serve respondOnce() {
  return [](Connection& connection) {
    connection.readRequest();
    connection.respond(200, "once");
  };
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
