/// A cpp-httplib server on a free port whose one route is an auth endpoint.
#pragma once

#include <atomic>
#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <memory>
#include <string>
#include <thread>

#include "raw_client.hpp"

namespace liveblocks_tests {

class ServerFixture {
 public:
  ServerFixture() {
    transport_->setHandler(
        [](const auto&, const auto&) { return liveblocks::testing::jsonResponse(200, R"({"token":"a.b.c"})"); });
    server_.set_keep_alive_timeout(1);
    server_.set_tcp_nodelay(true);
    server_.set_read_timeout(1);
    server_.Get("/other",
                [](const httplib::Request&, httplib::Response& res) { res.set_content("other", "text/plain"); });
  }
  ~ServerFixture() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }

  /// Starts the server, once.
  void start(const liveblocks::adapters::CppHttplibOptions& options = {}) {
    liveblocks::adapters::addRoute(server_, "/api/auth.v1", endpoint(), options);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }

  RawClient connect() const { return RawClient(port_); }

  /// Head of a request to the endpoint.
  static std::string head(const std::string& method, const std::string& headers) {
    return method + " /api/auth.v1?x=%2F HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  static std::string post(const std::string& body, const std::string& headers = "") {
    return head("POST", "Content-Length: " + std::to_string(body.size()) + "\r\n" + headers) + body;
  }

  /// The answer to one request on a connection of its own.
  std::string answerTo(const std::string& request) const {
    RawClient client = connect();
    client.send(request);
    return client.receive();
  }

  /// How often somebody was to be identified.
  int identified() const { return *identified_; }
  /// What the last request looked like: `method url` and a line for each header named x-test.
  std::string seen() const { return *seen_; }

 private:
  liveblocks::AuthEndpoint endpoint() const {
    liveblocks::LiveblocksOptions options;
    options.secret = "sk_x";
    const auto identify = [count = identified_, seen = seen_](const liveblocks::http::RequestView& request,
                                                              liveblocks::Deadline) {
      std::string text = std::string(request.method) + " " + std::string(request.url);
      for (const auto& [name, value] : request.headers) {
        if (name == "X-Test" || name == "x-test") text += "\n" + std::string(value);
      }
      *seen = text;
      ++*count;
      return liveblocks::Caller{"bob"};
    };
    const auto decide = [](const liveblocks::Caller&, const std::optional<std::string>& room) {
      return liveblocks::Decision().allow(room.value_or("*"), liveblocks::FULL_ACCESS);
    };
    return {liveblocks::Liveblocks(options, transport_), identify, decide};
  }

  std::shared_ptr<liveblocks::testing::FakeTransport> transport_ =
      std::make_shared<liveblocks::testing::FakeTransport>();
  std::shared_ptr<std::atomic<int>> identified_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::string> seen_ = std::make_shared<std::string>();
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

inline int statusOf(const std::string& response) { return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0; }

}  // namespace liveblocks_tests
