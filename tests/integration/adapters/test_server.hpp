/// A cpp-httplib server on a free port of loopback that takes many connections at once.
#pragma once

#include <httplib.h>
#include <sys/socket.h>

#include <memory>
#include <thread>

namespace liveblocks_tests {

class TestServer : public httplib::Server {
 public:
  TestServer() {
    set_keep_alive_timeout(1);
    set_tcp_nodelay(true);
    set_read_timeout(1);
    new_task_queue = [] { return std::make_unique<httplib::ThreadPool>(32).release(); };
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;
  ~TestServer() override {
    stop();
    if (thread_.joinable()) thread_.join();
  }

  /// Returns the port.
  int start() {
    const int port = bind_to_any_port("127.0.0.1");
    ::listen(svr_sock_, 512);  // The library asks for 5.
    thread_ = std::thread([this] { listen_after_bind(); });
    while (!is_running()) std::this_thread::yield();
    return port;
  }

 private:
  std::thread thread_;
};

}  // namespace liveblocks_tests
