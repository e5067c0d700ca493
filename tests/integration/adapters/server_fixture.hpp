/// A cpp-httplib server on a free port whose one route is an auth endpoint.
#pragma once

#include <atomic>
#include <functional>
#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <memory>
#include <mutex>
#include <string>

#include "raw_client.hpp"
#include "test_server.hpp"

namespace liveblocks_tests {

class ServerFixture {
 public:
  ServerFixture() {
    transport_->setHandler(
        [](const auto&, const auto&) { return liveblocks::testing::jsonResponse(200, R"({"token":"a.b.c"})"); });
    server_.Get("/other",
                [](const httplib::Request&, httplib::Response& res) { res.set_content("other", "text/plain"); });
  }

  /// Starts the server, once.
  void start(const liveblocks::adapters::CppHttplibOptions& options = {}) {
    liveblocks::adapters::addRoute(server_, "/api/auth.v1", endpoint(), options);
    port_ = server_.start();
  }

  /// The same with a server that refuses ambiguous requests, and has more routes.
  void startStrict(const std::function<void(httplib::Server&)>& prepare = [](httplib::Server&) {}) {
    liveblocks::adapters::makeStrict(server_);
    server_.Post("/sized", [](const httplib::Request&, httplib::Response& response) {
      const std::string text = "first, second";
      response.set_content_provider(text.size(), "text/plain", [text](std::size_t offset, std::size_t, auto& sink) {
        return sink.write(text.data() + offset, offset == 0 ? 7 : text.size() - offset);
      });
    });
    server_.Post("/unsized", [](const httplib::Request&, httplib::Response& response) {
      response.set_content_provider("text/plain", [](std::size_t offset, httplib::DataSink& sink) {
        sink.os << (offset == 0 ? "first, " : "second");
        if (offset > 0) sink.done();
        return true;
      });
    });
    server_.Post("/chunked", [](const httplib::Request&, httplib::Response& response) {
      response.set_chunked_content_provider("text/plain", [](std::size_t offset, httplib::DataSink& sink) {
        if (offset == 0) return sink.write("first, ", 7);
        const bool ok = sink.write("second", 6);
        sink.done();
        return ok;
      });
    });
    prepare(server_);
    start();
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
  std::string seen() const {
    const std::lock_guard lock(seen_->mutex);
    return seen_->text;
  }

  /// Made anew; all of them count alike.
  liveblocks::AuthEndpoint endpoint() const {
    liveblocks::LiveblocksOptions options;
    options.secret = "sk_x";
    const auto identify = [count = identified_, seen = seen_](const liveblocks::http::RequestView& request,
                                                              liveblocks::Deadline) {
      std::string text = std::string(request.method) + " " + std::string(request.url);
      for (const auto& [name, value] : request.headers) {
        if (name == "X-Test" || name == "x-test") text += "\n" + std::string(value);
      }
      const std::lock_guard lock(seen->mutex);
      seen->text = text;
      ++*count;
      return liveblocks::Caller{"bob"};
    };
    const auto decide = [](const liveblocks::Caller&, const std::optional<std::string>& room) {
      return liveblocks::Decision().allow(room.value_or("*"), liveblocks::FULL_ACCESS);
    };
    return {liveblocks::Liveblocks(options, transport_), identify, decide};
  }

 private:
  struct Seen {
    std::mutex mutex;
    std::string text;
  };

  std::shared_ptr<liveblocks::testing::FakeTransport> transport_ =
      std::make_shared<liveblocks::testing::FakeTransport>();
  std::shared_ptr<std::atomic<int>> identified_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<Seen> seen_ = std::make_shared<Seen>();
  int port_ = 0;
  TestServer server_;
};

}  // namespace liveblocks_tests
