/// Browsers that request tokens as fast as a server gives them.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace liveblocks_bench {

/// Connections to one server, each of which sends its next request when it has received a response. For one thread.
class Load {
 public:
  /// Throws `std::runtime_error` if a connection cannot be opened.
  Load(const std::string& url, std::vector<std::string> requests, std::size_t connections);
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load();

  struct Outcome {
    double requestsPerSecond = 0;
    /// Of all requests, in seconds, sorted.
    std::vector<double> latencies;
  };

  /// Sends requests for so long. Throws `std::runtime_error` for a response other than 200.
  Outcome run(std::chrono::milliseconds duration);

 private:
  using Clock = std::chrono::steady_clock;

  struct Connection {
    int socket = -1;
    Clock::time_point sent;
    std::string received;
  };

  void open(int port);
  void send(Connection& connection);
  /// Returns whether a whole response has been received.
  bool receive(Connection& connection);

  std::vector<std::string> requests_;
  std::size_t next_ = 0;
  int epoll_;
  std::array<char, 16384> buffer_{};
  std::vector<Connection> connections_;
};

/// The quantile of sorted values, such as 0.99.
double quantile(const std::vector<double>& sorted, double part);

}  // namespace liveblocks_bench
