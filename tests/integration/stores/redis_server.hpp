/// A Redis of the test's own.
#pragma once

#include <arpa/inet.h>
#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "child_process.hpp"

namespace store_tests {

/// A port that the system picked, which nobody listens at.
inline int pickPort() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool isBound = ::bind(listener, generic, size) == 0 && ::getsockname(listener, generic, &size) == 0;
  ::close(listener);
  if (!isBound) throw std::system_error(errno, std::generic_category(), "bind");
  return ntohs(address.sin_port);
}

/// redis-server with a password, on loopback, which stores nothing.
class RedisServer {
 public:
  static constexpr const char* password = "redis-password";
  /// Not the default one, so that stores have to select it.
  static constexpr int database = 3;

  RedisServer() { start(); }

  int port() const noexcept { return port_; }
  std::string socket() const { return folder_ / "socket"; }
  void stall() const { process_->signal(SIGSTOP); }
  void resume() const { process_->signal(SIGCONT); }
  void stop() { process_.reset(); }

  /// At the port that it had, or at a new one.
  void start() {
    for (int attempt = 0; attempt < 20; ++attempt) {
      const int port = port_ != 0 ? port_ : pickPort();
      process_.emplace(std::vector<std::string>{LIVEBLOCKS_REDIS_SERVER, "--port", std::to_string(port), "--bind",
                                                "127.0.0.1", "--save", "", "--appendonly", "no", "--dir",
                                                folder_.path(), "--requirepass", password, "--unixsocket", socket()},
                       folder_ / "log");
      if (isReady(port)) {
        port_ = port;
        return;
      }
    }
    throw std::runtime_error("redis-server does not start: " + readLog(folder_ / "log"));
  }

  /// Sends a command as an administrator, and returns the reply as a text.
  std::string command(const std::vector<std::string>& words) const {
    const auto text = run(port_, words);
    if (!text) throw std::runtime_error("Redis did not reply");
    return *text;
  }

 private:
  static std::optional<std::string> run(int port, const std::vector<std::string>& words) {
    struct Free {
      void operator()(redisContext* context) const { ::redisFree(context); }
      void operator()(redisReply* reply) const { ::freeReplyObject(reply); }
    };
    const std::unique_ptr<redisContext, Free> context(::redisConnectWithTimeout("127.0.0.1", port, timeval{10, 0}));
    if (!context || context->err != 0) return std::nullopt;
    const auto send = [&](const std::vector<std::string>& command) {
      std::vector<const char*> starts;
      std::vector<std::size_t> sizes;
      for (const std::string& word : command) {
        starts.push_back(word.data());
        sizes.push_back(word.size());
      }
      return std::unique_ptr<redisReply, Free>(static_cast<redisReply*>(
          ::redisCommandArgv(context.get(), static_cast<int>(command.size()), starts.data(), sizes.data())));
    };
    if (!send({"AUTH", password}) || !send({"SELECT", std::to_string(database)})) return std::nullopt;
    const auto reply = send(words);
    if (!reply) return std::nullopt;
    return reply->type == REDIS_REPLY_INTEGER ? std::to_string(reply->integer)
                                              : std::string(reply->str == nullptr ? "" : reply->str);
  }

  bool isReady(int port) {
    for (int i = 0; i < 3000 && !process_->hasEnded(); ++i) {
      if (run(port, {"PING"}) == "PONG") return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  TemporaryFolder folder_;
  int port_ = 0;
  std::optional<ChildProcess> process_;
};

/// The server of this program.
RedisServer& redisServer();

}  // namespace store_tests
