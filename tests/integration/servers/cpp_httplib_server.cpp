/// A server of cpp-httplib with the routes of the suite.
#include <httplib.h>

#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include <liveblocks/adapters/cpp_httplib_guard.hpp>

#include "server.hpp"

namespace liveblocks_tests {
namespace {

namespace adapters = liveblocks::adapters;
using httplib::Request;
using httplib::Response;

constexpr std::size_t threads = 80;

class CppHttplibServer : public Server {
 public:
  explicit CppHttplibServer(Application application) : application_(std::move(application)) {
    server_.new_task_queue = [] { return std::make_unique<httplib::ThreadPool>(threads).release(); };
    server_.set_tcp_nodelay(true);
    server_.set_read_timeout(std::chrono::milliseconds(bodyTimeoutMs));
    server_.set_keep_alive_timeout(1);
    server_.set_keep_alive_max_count(1000);
    adapters::addGuard(server_, application_.guard);
    adapters::CppHttplibOptions options;
    options.bodyTimeout = std::chrono::milliseconds(bodyTimeoutMs);
    adapters::addRoute(server_, "/api/liveblocks-auth", application_.endpoint, options);
    server_.set_mount_point("/files", application_.folder);
    addRoutes();
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~CppHttplibServer() override { stop(); }

  int port() const override { return port_; }

  void stop() override {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

 private:
  void addRoutes() {
    for (const char* path : {"/health", "/public/page"}) {
      server_.Get(path, [](const Request&, Response& response) { response.set_content("ok", "text/plain"); });
    }
    server_.Get("/api/me", [](const Request& request, Response& response) {
      response.set_header("Set-Cookie", "app=1");
      response.set_content(adapters::guardState(request).auth().userId(), "text/plain");
    });
    server_.Post("/api/echo",
                 [](const Request& request, Response& response) { response.set_content(request.body, "text/plain"); });
    server_.Get("/api/fails", [](const Request&, Response&) { throw std::runtime_error("private"); });
  }

  Application application_;
  int port_ = 0;
  httplib::Server server_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Server> startServer(Application application) {
  return std::make_unique<CppHttplibServer>(std::move(application));
}

const Profile& profile() {
  static const Profile profile = [] {
    Profile differences;
    differences.chunkedBody = 411;
    differences.keepsEarlyRequests = false;
    differences.keepsHeaderValues = false;
    // Set when the library of cpp-httplib is compiled.
    differences.longestHeader = 8000;
    differences.hasFiles = true;
    return differences;
  }();
  return profile;
}

}  // namespace liveblocks_tests
