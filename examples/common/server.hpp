/// cpp-httplib, set up for a service that others depend on.
#pragma once

#include <httplib.h>

#include <csignal>
#include <functional>
#include <string>

namespace examples {

/// Blocks SIGINT and SIGTERM in this thread and in those it starts; a `Server` waits for them. Call it first in `main`.
sigset_t blockStopSignals();

/// Refuses what is ambiguous and all bodies, serves no byte ranges, and ends every connection on which it is not
/// certain where the next request begins. A pre-routing handler of one's own takes the place of the first three: it
/// must call `refuseUnread()`, and expect a body only where a handler reads it and knows when to stop.
class Server : public httplib::Server {
 public:
  /// The name is written in front of what goes wrong.
  explicit Server(std::string programName);

  /// Returns the port, which is any free one for port 0; from now on connections wait to be served. Throws
  /// `std::runtime_error` when the address cannot be had.
  int bind(const std::string& host, int port);

  /// Calls `ready` once all its threads are there, and serves until a signal of `stopSignals` arrives. Throws
  /// `std::runtime_error` or `std::system_error` when threads cannot be started.
  void serve(const sigset_t& stopSignals, const std::function<void()>& ready);
};

}  // namespace examples
