/// A server on 127.0.0.1 inside the test program, which does to its clients whatever a test asks for. POSIX.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tls_identity.hpp"

namespace liveblocks_tests {

/// A request as it stood on the wire.
struct ReceivedRequest {
  /// The request line and the header lines.
  std::string head;
  std::string body;

  std::string requestLine() const { return head.substr(0, head.find("\r\n")); }
  /// The value of a header; nullopt when it is absent.
  std::optional<std::string> header(std::string_view name) const;
};

/// One accepted connection, served on a thread of its own.
class Connection {
 public:
  Connection(int socket, int index, const TlsIdentity* identity);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// How many connections the server had accepted before.
  int index() const { return index_; }

  /// Completes the TLS handshake, where there is one. False when the client does not go along.
  bool handshake();
  /// Reads a request with its body; nullopt when the client has closed.
  std::optional<ReceivedRequest> readRequest();
  /// Reads what is there, or blocks until there is something; empty when the client has closed.
  std::string readSome();
  /// False when the client has closed.
  bool write(std::string_view bytes);
  /// Sends a response with that body and its Content-Length.
  bool respond(int status, std::string_view body, std::string_view extraHeaders = {});
  /// Blocks until the client closes, or the server is stopped.
  void awaitClose();
  /// Blocks until the server is stopped, and reads nothing.
  void awaitInterrupt();
  /// Closes with a TCP reset.
  void reset();
  /// Closes; a client that keeps the connection idle sees the end of the stream.
  void close();
  /// Ends all blocking calls. From any thread.
  void interrupt();

 private:
  struct TlsDeleter {
    void operator()(SSL* tls) const;
  };

  std::mutex mutex_;
  std::condition_variable interrupted_;
  bool isInterrupted_ = false;
  int socket_;
  int index_;
  std::unique_ptr<SSL, TlsDeleter> tls_;
  std::string unread_;
};

class LoopbackServer {
 public:
  using Serve = std::function<void(Connection&)>;

  /// Calls `serve` for each connection, on a thread of its own, until the server is destroyed.
  explicit LoopbackServer(Serve serve, std::shared_ptr<const TlsIdentity> identity = nullptr);
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  ~LoopbackServer();

  int port() const { return port_; }
  /// `http://127.0.0.1:port/`, or with https and localhost when it has an identity.
  std::string url(std::string_view path = "/") const;

  int connectionCount() const { return accepted_; }
  /// Blocks until that many connections have ended on the server's side.
  void awaitEnded(int count);

 private:
  void acceptAll();
  void serveOne(Connection& connection);

  Serve serve_;
  std::shared_ptr<const TlsIdentity> identity_;
  int listener_;
  int port_;
  std::atomic<int> accepted_{0};
  std::mutex mutex_;
  std::condition_variable ended_;
  int endedCount_ = 0;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// Serves requests of a connection with one function, until the client closes.
template <class Respond>
LoopbackServer::Serve eachRequest(Respond respond) {
  return [respond](Connection& connection) {
    while (const auto request = connection.readRequest()) respond(connection, *request);
  };
}

}  // namespace liveblocks_tests
