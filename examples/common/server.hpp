/// cpp-httplib, set up for a service that others depend on.
#pragma once

#include <httplib.h>

#include <csignal>
#include <string>

namespace examples {

/// Blocks SIGINT and SIGTERM in this thread and in those it starts; a `Server` waits for them. Call it first in `main`.
sigset_t blockStopSignals();

class Server : public httplib::Server {
 public:
  /// The name is written in front of what goes wrong.
  explicit Server(std::string programName);

  /// Returns the port, which is any free one for port 0; from now on connections wait to be served. Throws
  /// `std::runtime_error` when the address cannot be had.
  int bind(const std::string& host, int port);

  /// Serves until a signal of `stopSignals` arrives.
  void serve(const sigset_t& stopSignals);
};

}  // namespace examples
