// The code in docs/web-servers.md and docs/servers, except for servers whose tests contain their own. A stand-in of a
// few lines takes the place of Crow, which the tests do not need otherwise.
#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/adapters/cpp_httplib_guard.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace crow {

struct request {
  std::string raw_url;
  std::multimap<std::string, std::string> headers;
  std::string body;
};

struct response {
  response(int status, std::string content) : code(status), body(std::move(content)) {}
  void add_header(const std::string& name, const std::string& value) { headers.emplace(name, value); }

  int code;
  std::string body;
  std::multimap<std::string, std::string> headers;
};

struct Rule {
  Rule& methods(std::string_view) { return *this; }
  void operator()(std::function<response(const request&)> given) { handler = std::move(given); }

  std::function<response(const request&)> handler;
};

struct App {
  Rule& route(const std::string& path) { return rules[path]; }

  std::map<std::string, Rule> rules;
};

constexpr std::string_view operator""_method(const char* text, std::size_t size) { return {text, size}; }

}  // namespace crow

#define CROW_ROUTE(app, path) (app).route(path)

namespace {

namespace testing = liveblocks::testing;

liveblocks::AuthEndpoint makeEndpoint() {
  const auto fake = std::make_shared<testing::FakeLiveblocks>();
  const auto identify = [](const liveblocks::http::RequestView&, liveblocks::Deadline) {
    return liveblocks::Caller{"bob"};
  };
  const auto decide = [](const liveblocks::AuthRequest& request) {
    return liveblocks::Decision().allow(request.room.value_or("lobby"), liveblocks::FULL_ACCESS);
  };
  return {liveblocks::Liveblocks({fake->secretKey()}, fake), identify, decide};
}

const testing::ClerkIssuer& issuer() {
  static const testing::ClerkIssuer instance;
  return instance;
}

liveblocks::clerk::RouteGuard makeGuard() {
  liveblocks::clerk::RequestAuthenticatorOptions options;
  options.publishableKey = issuer().publishableKey();
  const auto keys = liveblocks::clerk::KeySource::pem(issuer().publicKeyPem());
  return liveblocks::clerk::RouteGuard(liveblocks::clerk::RequestAuthenticator(keys, options, nullptr));
}

/// Runs a server on a free port of loopback.
class Running {
 public:
  explicit Running(httplib::Server& server) : server_(&server), port_(server.bind_to_any_port("127.0.0.1")) {
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    while (!server_->is_running()) std::this_thread::yield();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    server_->stop();
    thread_.join();
  }

  httplib::Client client() const { return httplib::Client("127.0.0.1", port_); }

 private:
  httplib::Server* server_;
  int port_;
  std::thread thread_;
};

httplib::Headers signedIn() { return {{"Authorization", "Bearer " + issuer().sessionToken()}}; }

}  // namespace

TEST_CASE("docs: three steps fit any server") {
  const liveblocks::AuthEndpoint endpoint = makeEndpoint();
  const std::string method = "POST";
  const std::string target = "/api/liveblocks-auth";
  const std::multimap<std::string, std::string> headers{{"Content-Type", "application/json"}};
  const std::string body = R"({"room":"r"})";
  // web-servers.md any: begin
  // 1. Refer to the request: method, target, all headers (including duplicates), the whole body.
  const auto request = liveblocks::http::RequestView::from(method, target, headers, body);
  // 2. Handle it.
  liveblocks::http::Response response = endpoint.handle(request);
  // 3. Send response.status, each of response.headers, and response.body.
  // web-servers.md any: end
  CHECK(response.status == 200);
}

TEST_CASE("docs: an endpoint in a server of cpp-httplib") {
  const liveblocks::AuthEndpoint endpoint = makeEndpoint();
  httplib::Server server;
  // cpp-httplib.md endpoint: begin
  liveblocks::adapters::makeStrict(server);
  liveblocks::adapters::addRoute(server, "/api/liveblocks-auth", endpoint);
  // cpp-httplib.md endpoint: end
  const Running running(server);
  const auto response = running.client().Post("/api/liveblocks-auth", R"({"room":"r"})", "application/json");
  REQUIRE(response);
  CHECK(response->status == 200);
}

TEST_CASE("docs: a guard in front of a server of cpp-httplib") {
  const liveblocks::clerk::RouteGuard guard = makeGuard();
  httplib::Server server;
  // cpp-httplib.md guard: begin
  liveblocks::adapters::addGuard(server, guard);
  server.set_mount_point("/assets", "./assets");
  // cpp-httplib.md guard: end
  const Running running(server);
  const auto response = running.client().Get("/assets/x");
  REQUIRE(response);
  CHECK(response->status == 401);
}

TEST_CASE("docs: a handler of cpp-httplib that knows who is signed in") {
  const liveblocks::clerk::RouteGuard guard = makeGuard();
  httplib::Server server;
  liveblocks::adapters::addGuard(server, guard);
  // cpp-httplib.md handler: begin
  server.Get("/dashboard", [](const httplib::Request& request, httplib::Response& response) {
    const liveblocks::clerk::RequestState& state = liveblocks::adapters::guardState(request);
    response.set_content("Welcome, " + state.auth().userId(), "text/plain");
  });
  // cpp-httplib.md handler: end
  const Running running(server);
  const auto refused = running.client().Get("/dashboard");
  const auto welcomed = running.client().Get("/dashboard", signedIn());
  REQUIRE(refused);
  REQUIRE(welcomed);
  CHECK(refused->status == 401);
  CHECK(welcomed->body == "Welcome, user_1");
}

TEST_CASE("docs: an endpoint as a route of Crow") {
  using crow::operator""_method;
  crow::App app;
  const liveblocks::AuthEndpoint endpoint = makeEndpoint();
  // untested.md Crow: begin
  CROW_ROUTE(app, "/api/liveblocks-auth").methods("POST"_method)([endpoint](const crow::request& request) {
    auto result =
        endpoint.handle(liveblocks::http::RequestView::from("POST", request.raw_url, request.headers, request.body));
    crow::response response(result.status, std::move(result.body));
    for (const auto& header : result.headers) response.add_header(header.name, header.value);
    return response;
  });
  // untested.md Crow: end
  CHECK(app.rules["/api/liveblocks-auth"].handler({"/api/liveblocks-auth", {}, R"({"room":"r"})"}).code == 200);
}
