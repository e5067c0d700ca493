/// cpp-httplib, configured for production.
#pragma once

#include <httplib.h>

#include <csignal>
#include <functional>
#include <string>

namespace examples {

/// Blocks SIGINT and SIGTERM in this thread and in those that it starts; a `Server` waits for them. Call it first in
/// `main`.
sigset_t blockStopSignals();

/// Rejects ambiguous requests and all bodies, serves no byte ranges, and closes every connection on which the beginning
/// of the next request is uncertain. A custom pre-routing handler replaces the first three: it must call
/// `refuseUnread()`, and only expect a body if a handler reads it with a limit.
class Server : public httplib::Server {
 public:
  /// The name is the prefix of error messages.
  explicit Server(std::string programName);

  /// Returns the port, which is any free one for port 0. From now on connections are queued. Throws
  /// `std::runtime_error` if the address cannot be bound.
  int bind(const std::string& host, int port);

  /// Calls `ready` when all threads have started, and serves until a signal of `stopSignals` arrives. Throws
  /// `std::runtime_error` or `std::system_error` if threads cannot be started.
  void serve(const sigset_t& stopSignals, const std::function<void()>& ready);
};

}  // namespace examples
