/// A server that replies what a test wants.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace store_tests {

/// Listens on loopback, or at a Unix socket.
class ScriptedServer {
 public:
  /// What to send for a request, by the numbers of its connection and of the request there, from 0 on. Nothing: keeps
  /// silent. `isLast`: closes the connection afterwards.
  struct Reply {
    std::optional<std::string> text;
    bool isLast = false;
    /// Sent once the client may have read the text.
    std::string later = {};
  };
  using Script = std::function<Reply(int connection, int request)>;

  explicit ScriptedServer(Script script, const std::string& path = {}) : script_(std::move(script)) {
    listener_ = ::socket(path.empty() ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!(path.empty() ? bindLoopback() : bindPath(path)) || ::listen(listener_, 16) != 0) {
      throw std::system_error(errno, std::generic_category(), "listen");
    }
    accepter_ = std::thread([this] { accept(); });
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    accepter_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int open : open_) ::shutdown(open, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    ::close(listener_);
  }

  int port() const noexcept { return port_; }
  int connections() const noexcept { return connections_; }
  /// How often `Reply::later` was sent.
  int lateReplies() const noexcept { return lateReplies_; }

 private:
  bool bindLoopback() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    const bool isBound = ::bind(listener_, generic, size) == 0 && ::getsockname(listener_, generic, &size) == 0;
    port_ = ntohs(address.sin_port);
    return isBound;
  }
  bool bindPath(const std::string& path) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    return ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  void accept() {
    for (;;) {
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      const std::lock_guard lock(mutex_);
      open_.push_back(connection);
      threads_.emplace_back([this, connection, number = connections_++] { serve(connection, number); });
    }
  }

  void serve(int connection, int number) {
    std::array<char, 4096> bytes{};
    for (int request = 0; ::recv(connection, bytes.data(), bytes.size(), 0) > 0; ++request) {
      const Reply reply = script_(number, request);
      if (reply.text) ::send(connection, reply.text->data(), reply.text->size(), MSG_NOSIGNAL);
      if (!reply.later.empty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ::send(connection, reply.later.data(), reply.later.size(), MSG_NOSIGNAL);
        ++lateReplies_;
      }
      if (reply.isLast) break;
    }
    const std::lock_guard lock(mutex_);
    open_.erase(std::find(open_.begin(), open_.end(), connection));
    ::close(connection);
  }

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<int> lateReplies_{0};
  std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread accepter_;
};

}  // namespace store_tests
