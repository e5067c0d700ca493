/// The server of the transport check, and what it received.
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
  /// Byte for byte.
  std::string target;
  /// In order, duplicates kept.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// All values of that name, compared without case.
  std::vector<std::string> valuesOf(std::string_view name) const;
};

/// Takes the first request from what has come; nullopt while it is not whole. A request that cannot be read has the
/// method `?`.
std::optional<Received> takeRequest(std::string& bytes);

/// Whether a head is there that waits to be told to go on (RFC 9110 §10.1.1).
bool expectsContinue(std::string_view bytes);

/// One thing that the server does with a connection.
struct Step {
  enum class Kind { write, pause, hold, close, reset };

  /// Sends those bytes.
  static Step write(std::string bytes);
  /// Waits that long.
  static Step pause(std::chrono::milliseconds time);
  /// Waits until that is so, or, as without it, until the client leaves. Where patience ends first it goes on, and
  /// `Server::gaveUp()`.
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

/// An answer with a Content-Length. `headers` are whole lines.
Steps answer(int status, std::string_view body, std::string_view headers = {});

/// Listens on a port of 127.0.0.1 until it is destroyed, and serves all connections on one thread.
class Server {
 public:
  /// What is done about a request; after the last step the connection is kept. Called on the server's thread.
  using React = std::function<Steps(const Received& request)>;

  /// How long a `hold` lasts.
  static constexpr std::chrono::milliseconds patience{2000};

  /// Throws `std::runtime_error` when it cannot listen.
  explicit Server(React react);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  int port() const { return port_; }
  /// `http://127.0.0.1:port` and the target.
  std::string url(std::string_view target = "/") const;
  /// Everything asked so far.
  std::vector<Received> requests() const;
  std::size_t requestCount() const;
  /// A client has outlasted the patience of a `hold`.
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
