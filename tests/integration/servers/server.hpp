/// What the suite of this folder knows of the server that it tests.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/route_guard.hpp>

namespace liveblocks_tests {

/// What every server of the suite serves, by its own means, behind the guard:
///
/// | route | response |
/// |---|---|
/// | any method, `/api/liveblocks-auth` | that of the endpoint |
/// | GET `/health` and `/public/page` | `ok`, as text |
/// | GET `/api/me` | the id of the user whom the guard found, and `Set-Cookie: app=1` |
/// | POST `/api/echo` | the body |
/// | GET `/files/...` | the files of the folder, if the server has files |
/// | `/ws` | an upgrade to a WebSocket, if the server has them |
/// | GET `/api/fails` | none: the handler throws an exception that says `private` |
///
/// Everything else is the server's own 404.
struct Application {
  liveblocks::AuthEndpoint endpoint;
  liveblocks::clerk::RouteGuard guard;
  std::string folder;
};

/// Where a server differs; its page says so.
struct Profile {
  /// The status of a small chunked body: 411 if the server cannot limit it.
  int chunkedBody = 200;
  /// Whether a client that does not send its body gets a 408; otherwise the connection is closed without a response.
  bool explainsSlowBodies = true;
  /// Whether a body that is far too large gets a 413; otherwise the connection is closed without a response.
  bool explainsLargeBodies = true;
  /// Whether requests that arrive before the response to the last one are handled; otherwise they are discarded.
  bool keepsEarlyRequests = true;
  /// Whether a connection serves more than one request.
  bool keepsConnections = true;
  /// Whether two lengths are refused; otherwise the first one counts.
  bool refusesTwoLengths = true;
  /// Whether a body in chunks is refused if its head says so twice, or in HTTP/1.0; otherwise it is read.
  bool seesCodings = true;
  /// Whether a body that is a little too large is read to its end, so that the connection goes on.
  bool readsLargeBodies = false;
  /// Whether the target `http://host/path` is taken for `/path`, by the guard and the routes alike; otherwise it is
  /// refused.
  bool acceptsAbsoluteTargets = false;
  /// Whether header values arrive as they were sent.
  bool keepsHeaderValues = true;
  /// Whether encoded words in header values (RFC 2047) arrive decoded.
  bool decodesWords = false;
  /// Whether each of several headers with the same name arrives.
  bool keepsRepeatedHeaders = true;
  /// Whether several `Cookie` headers arrive in their order, each by itself.
  bool keepsCookies = true;
  /// How long a header may be, at least: the cookies of a Clerk application may take more than 8 KiB.
  std::size_t longestHeader = 32'000;
  bool hasFiles = false;
  bool hasWebSockets = false;
};

/// A running server.
class Server {
 public:
  Server() = default;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops, if it has not yet.
  virtual ~Server() = default;

  /// On 127.0.0.1, chosen by the system.
  virtual int port() const = 0;

  /// Returns when all connections are closed. Requests that were received get their response before.
  virtual void stop() = 0;
};

/// @{
/// Defined by each program of the suite. A server gives up on a body after `bodyTimeoutMs` and handles at least 64
/// requests at once.
constexpr int bodyTimeoutMs = 500;
std::unique_ptr<Server> startServer(Application application);
const Profile& profile();
/// @}

}  // namespace liveblocks_tests
