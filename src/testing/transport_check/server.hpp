/// The server of the transport check.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {

struct Received {
  std::string method;
  /// Exactly as received.
  std::string target;
  /// In order, with duplicates.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// Returns all values of that name, which is compared without case.
  std::vector<std::string> valuesOf(std::string_view name) const;
};

/// Removes the first request from the received bytes and returns it; nullopt while it is incomplete. An unreadable
/// request has the method `?`.
std::optional<Received> takeRequest(std::string& bytes);

/// Returns whether the head is complete and expects `100 Continue` (RFC 9110 §10.1.1).
bool expectsContinue(std::string_view bytes);

/// One action of the server on a connection.
struct Step {
  enum class Kind { write, pause, hold, close, reset };

  /// Sends these bytes.
  static Step write(std::string bytes);
  /// Waits for that time.
  static Step pause(std::chrono::milliseconds time);
  /// Waits until the condition is true or the client closes the connection. After `Server::patience` the server goes
  /// on, and `Server::gaveUp()` is true.
  static Step hold(std::function<bool()> until = {});
  static Step close();
  /// Closes so that the client sees a reset.
  static Step reset();

  Kind kind;
  std::string bytes = {};
  std::chrono::milliseconds time{0};
  std::function<bool()> until = {};
};
using Steps = std::vector<Step>;

/// A response with a Content-Length. `headers` consists of complete lines.
Steps respond(int status, std::string_view body, std::string_view headers = {});

/// Listens on a port of 127.0.0.1 until it is destroyed, and serves all connections on one thread.
class Server {
 public:
  /// Returns the steps for a request; after the last one the connection stays open. Called on the server's thread.
  using React = std::function<Steps(const Received& request)>;

  /// How long a `hold` lasts at most.
  static constexpr std::chrono::milliseconds patience{2000};

  /// Throws `std::runtime_error` if it cannot listen.
  explicit Server(React react);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  int port() const { return port_; }
  /// `http://127.0.0.1:port` and the target.
  std::string url(std::string_view target = "/") const;
  /// All requests so far.
  std::vector<Received> requests() const;
  std::size_t requestCount() const;
  /// Whether a `hold` has ended because of `patience`.
  bool gaveUp() const { return gaveUp_; }

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Connection;

  void serve();
  void waitForEvents();
  void accept();
  void read(Connection& connection);
  void advance(Connection& connection);
  bool doStep(Connection& connection);
  bool write(Connection& connection);

  const React react_;
  int listener_;
  int port_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> gaveUp_{false};
  mutable std::mutex mutex_;
  std::vector<Received> requests_;
  std::deque<Connection> connections_;
  std::thread thread_;
};

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
