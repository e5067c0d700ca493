/// A server of RESTinio with the routes of the suite.
#include <liveblocks/adapters/restinio.hpp>

#include <restinio/http_server.hpp>
#include <restinio/router/easy_parser_router.hpp>
#include <restinio/websocket/websocket.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "server.hpp"
#include "world.hpp"

namespace liveblocks_tests {
namespace {

// restinio.md traits: begin
namespace adapters = liveblocks::adapters;

struct Traits : restinio::default_traits_t {
  using extra_data_factory_t = adapters::RestinioDataFactory;
};
using Request = restinio::generic_request_handle_t<adapters::RestinioData>;
using Router = restinio::router::generic_easy_parser_router_t<adapters::RestinioDataFactory>;
using restinio::router::easy_parser_router::path_to_params;
// restinio.md traits: end

// restinio.md handler: begin
restinio::request_handling_status_t showUser(const Request& request) {
  return adapters::createResponse(*request)
      .append_header("Content-Type", "text/plain")
      .append_header("Set-Cookie", "app=1")
      .set_body(adapters::guardState(*request).auth().userId())
      .done();
}
// restinio.md handler: end

restinio::request_handling_status_t sendText(const Request& request, std::string body) {
  return adapters::createResponse(*request)
      .append_header("Content-Type", "text/plain")
      .set_body(std::move(body))
      .done();
}

class RestinioServer : public Server {
 public:
  explicit RestinioServer(Application application) : application_(std::move(application)) {
    start();
    for (std::thread& thread : threads_) thread = std::thread([this] { context_->run(); });
    opened_.get_future().get();
  }
  // An exception of Asio ends the tests. NOLINTNEXTLINE(bugprone-exception-escape)
  ~RestinioServer() override { stop(); }

  int port() const override { return port_; }

  void stop() override {
    if (!context_) return;
    // restinio.md stop: begin
    restinio::asio_ns::post(*context_, [this] {
      server_->close_sync();
      adapters::stopWhenDone(*context_);
    });
    for (std::thread& thread : threads_) thread.join();
    sockets_.clear();
    server_.reset();
    context_.reset();
    // restinio.md stop: end
  }

  /// As `stop()`, without waiting for calls.
  void abandon() {
    context_->stop();
    stop();
  }

 private:
  void start() {
    auto router = std::make_shared<Router>();
    addRoutes(*router);
    const auto& guard = application_.guard;
    const std::size_t maxBody = application_.endpoint.maxBody();
    const std::chrono::milliseconds receiveTimeout(bodyTimeoutMs);
    // restinio.md server: begin
    server_.emplace(restinio::external_io_context(*context_), [&](restinio::server_settings_t<Traits>& settings) {
      settings.address("127.0.0.1").port(0);
      settings.request_handler(adapters::guardedHandler(
          *context_, guard, [router](const Request& request) { return std::invoke(*router, request); }));
      settings.incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                            .max_url_size(16'000)
                                            .max_field_name_size(1000)
                                            .max_field_value_size(64'000)
                                            .max_field_count(200)
                                            .max_body_size(2 * maxBody));
      settings.read_next_http_message_timelimit(receiveTimeout);
      settings.handle_request_timeout(std::chrono::seconds(60));
      settings.acceptor_post_bind_hook([this](auto& acceptor) { port_ = acceptor.local_endpoint().port(); });
    });
    // restinio.md server: end
    server_->open_async([this] { opened_.set_value(); },
                        [this](std::exception_ptr error) { opened_.set_exception(std::move(error)); });
  }

  void addRoutes(Router& router) {
    const auto& endpoint = application_.endpoint;
    // restinio.md endpoint: begin
    router.add_handler(restinio::router::none_of_methods(), path_to_params("/api/liveblocks-auth"),
                       adapters::endpointHandler(*context_, endpoint));
    // restinio.md endpoint: end
    for (const char* path : {"/health", "/public/page"}) {
      router.http_get(path_to_params(std::string(path)),
                      [](const Request& request) { return sendText(request, "ok"); });
    }
    router.http_get(path_to_params("/api/me"), showUser);
    router.http_post(path_to_params("/api/echo"),
                     [](const Request& request) { return sendText(request, request->body()); });
    router.http_get(path_to_params("/api/fails"),
                    [](const Request&) -> restinio::request_handling_status_t { throw std::runtime_error("private"); });
    router.http_get(path_to_params("/ws"), [this](const Request& request) { return upgrade(request); });
  }

  // restinio.md websocket: begin
  restinio::request_handling_status_t upgrade(const Request& request) {
    namespace websocket = restinio::websocket::basic;
    if (request->header().connection() != restinio::http_connection_header_t::upgrade ||
        !request->header().has_field(restinio::http_field::sec_websocket_key)) {
      return restinio::request_not_handled();
    }
    auto socket = websocket::upgrade<Traits>(
        *request, websocket::activation_t::immediate,
        [](const websocket::ws_handle_t& from, const websocket::message_handle_t& message) {
          message->opcode() == websocket::opcode_t::connection_close_frame ? from->shutdown()
                                                                           : from->send_message(*message);
        });
    const std::lock_guard lock(mutex_);
    sockets_.push_back(std::move(socket));  // Without a handle the connection ends.
    return restinio::request_accepted();
  }
  // restinio.md websocket: end

  Application application_;
  std::optional<restinio::asio_ns::io_context> context_{std::in_place};
  std::optional<restinio::http_server_t<Traits>> server_;
  std::mutex mutex_;
  std::vector<restinio::websocket::basic::ws_handle_t> sockets_;
  std::promise<void> opened_;
  int port_ = 0;
  std::array<std::thread, 2> threads_;
};

}  // namespace

std::unique_ptr<Server> startServer(Application application) {
  return std::make_unique<RestinioServer>(std::move(application));
}

const Profile& profile() {
  static const Profile profile = [] {
    Profile differences;
    differences.explainsSlowBodies = false;
    differences.explainsLargeBodies = false;
    differences.hasWebSockets = true;
    return differences;
  }();
  return profile;
}

}  // namespace liveblocks_tests

TEST_CASE("calls in flight outlive a context that is destroyed") {
  using namespace liveblocks_tests;
  World world;
  std::vector<RawClient> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(world.connect());
    clients.back().send(World::post("slow"));
  }
  REQUIRE(world.gate().await(10));
  dynamic_cast<RestinioServer&>(world.server()).abandon();
  for (RawClient& client : clients) CHECK(client.atEnd());
  world.gate().open();
}
