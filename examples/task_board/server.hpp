/// cpp-httplib, set up for a service that others depend on.
#pragma once

#include <httplib.h>

#include <csignal>
#include <functional>
#include <string>

namespace task_board {

/// Blocks SIGINT and SIGTERM in this thread and in those it starts; a `Server` waits for them. Call it first in `main`.
sigset_t blockStopSignals();

class Server : public httplib::Server {
 public:
  Server();

  /// Serves on that address until a signal of `stopSignals` arrives. `onReady` is told the port once connections are
  /// accepted. Throws `std::runtime_error` when the address cannot be had.
  void run(const std::string& host, int port, const sigset_t& stopSignals, const std::function<void(int)>& onReady);

 private:
  int bind(const std::string& host, int port);
  void serve(const sigset_t& stopSignals);
};

}  // namespace task_board
