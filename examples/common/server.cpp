#include "common/server.hpp"

#include <pthread.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include <liveblocks/adapters/cpp_httplib.hpp>

#include "common/one_line.hpp"
#include "common/requests.hpp"
#include "common/workers.hpp"

namespace examples {
namespace {

// Each open connection occupies a worker, even if it is idle.
constexpr std::size_t workerCount = 64;
constexpr std::size_t requestsPerConnection = 10'000;
// This is also how long stopping may take, because idle connections are not interrupted.
constexpr std::time_t idleSeconds = 2;
constexpr int backlog = 512;

std::string whatOf(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "unknown exception";
  }
}

}  // namespace

sigset_t blockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

Server::Server(std::string programName) {
  set_keep_alive_max_count(requestsPerConnection);
  set_keep_alive_timeout(idleSeconds);
  set_tcp_nodelay(true);
  // The default adds SO_REUSEPORT, and a second server on our port would go unnoticed.
  set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    return refuseUnread(request, response, false) ? HandlerResponse::Handled : HandlerResponse::Unhandled;
  });
  set_post_routing_handler(liveblocks::adapters::CppHttplibClosing());
  set_exception_handler([name = std::move(programName)](const httplib::Request& request, httplib::Response& response,
                                                        const std::exception_ptr& failure) {
    std::cerr << (name + ": " + oneLine(request.method + ' ' + request.path + ": " + whatOf(failure)) + '\n');
    response.status = 500;
    response.set_content(R"({"error":"internal"})", "application/json");
  });
}

int Server::bind(const std::string& host, int port) {
  const int boundPort = port == 0 ? bind_to_any_port(host) : (bind_to_port(host, port) ? port : -1);
  if (boundPort < 0) throw std::runtime_error("cannot listen on " + host + " port " + std::to_string(port));
  ::listen(svr_sock_, backlog);  // cpp-httplib uses 5, too few for a burst of new connections.
  return boundPort;
}

void Server::serve(const sigset_t& stopSignals, const std::function<void()>& ready) {
  auto workers = std::make_unique<Workers>(workerCount);
  new_task_queue = [&workers] { return workers.release(); };
  std::atomic<bool> over{false};
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&stopSignals, &signal);
    // Before the server runs, stop() has no effect.
    while (!is_running() && !over) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    stop();
  });
  ready();
  const bool stopped = listen_after_bind();
  over = true;
  pthread_kill(stopper.native_handle(), SIGINT);  // Ends its wait if no signal has arrived.
  stopper.join();
  if (!stopped) throw std::runtime_error("the server stopped accepting connections");
}

}  // namespace examples
