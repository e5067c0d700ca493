/// A PostgreSQL of the test's own.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "child_process.hpp"

namespace store_tests {

/// A cluster in a new folder, whose server listens at a Unix socket there, and asks for a password.
class PostgresServer {
 public:
  PostgresServer() {
    std::ofstream(folder_ / "password") << "postgres-password";
    ChildProcess initdb(
        {program("initdb"), "--pgdata", folder_ / "data", "--username", "application", "--auth", "scram-sha-256",
         "--pwfile", folder_ / "password", "--no-sync", "--no-locale", "--encoding", "UTF8"},
        folder_ / "log", ServerUser::whenRoot());
    if (initdb.wait() != 0) throw std::runtime_error("initdb failed: " + readLog(folder_ / "log"));
    start();
  }

  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  /// Killed, it would leave shared memory behind.
  ~PostgresServer() {
    if (!process_) return;
    signalAll(SIGCONT);
    ::kill(process_->pid(), SIGINT);
    process_->wait();
  }

  /// A connection string.
  std::string address(const std::string& password = "postgres-password") const {
    return "host=" + folder_.path() + " user=application dbname=postgres password=" + password;
  }

  void start() {
    process_.emplace(std::vector<std::string>{program("postgres"), "-D", folder_ / "data", "-c", "listen_addresses=",
                                              "-c", "unix_socket_directories=" + folder_.path(), "-c", "fsync=off",
                                              "-c", "shared_buffers=16MB", "-c", "max_connections=60"},
                     folder_ / "log", ServerUser::whenRoot());
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (::PQping(address().c_str()) != PQPING_OK) {
      if (process_->hasEnded() || std::chrono::steady_clock::now() > end) {
        throw std::runtime_error("postgres does not start: " + readLog(folder_ / "log"));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  /// Ends the server and its connections at once.
  void stop() {
    process_->signal(SIGINT);
    process_->wait();
    process_.reset();
  }

  void stall() { signalAll(SIGSTOP); }
  void resume() { signalAll(SIGCONT); }

 private:
  static std::string program(const std::string& name) { return LIVEBLOCKS_POSTGRES_PROGRAMS "/" + name; }

  /// The server and the processes that serve its connections.
  void signalAll(int number) {
    if (number == SIGSTOP) ::kill(process_->pid(), number);
    const std::string pid = std::to_string(process_->pid());
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    pid_t child = 0;
    while (children >> child) ::kill(child, number);
    if (number != SIGSTOP) ::kill(process_->pid(), number);
  }

  TemporaryFolder folder_;
  std::optional<ChildProcess> process_;
};

/// The server of this program.
PostgresServer& postgresServer();

}  // namespace store_tests
