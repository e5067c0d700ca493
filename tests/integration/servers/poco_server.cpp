/// A server of POCO with the routes of the suite.
#include <liveblocks/adapters/poco.hpp>

#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/WebSocket.h>
#include <Poco/ThreadPool.h>

#include <array>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "server.hpp"

namespace liveblocks_tests {
namespace {

// poco.md handlers: begin
namespace adapters = liveblocks::adapters;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

class Handler : public Poco::Net::HTTPRequestHandler {
 public:
  using Function = std::function<void(HTTPServerRequest&, HTTPServerResponse&)>;
  explicit Handler(Function function) : function_(std::move(function)) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    function_(request, response);
  }

 private:
  Function function_;
};

void showUser(HTTPServerRequest& request, HTTPServerResponse& response) {
  const std::string text = adapters::guardState(request).auth().userId();
  response.setContentType("text/plain");
  response.addCookie(Poco::Net::HTTPCookie("app", "1"));
  response.sendBuffer(text.data(), text.size());
}
// poco.md handlers: end

void sendText(HTTPServerResponse& response, const std::string& text) {
  response.setContentType("text/plain");
  response.sendBuffer(text.data(), text.size());
}

void echo(HTTPServerRequest& request, HTTPServerResponse& response) {
  std::string body;
  for (std::istream& stream = request.stream(); body.size() < 1000;) {
    const int next = stream.get();
    if (next == std::istream::traits_type::eof()) break;
    body += static_cast<char>(next);
  }
  sendText(response, body);
}

// poco.md websocket: begin
void echoFrames(HTTPServerRequest& request, HTTPServerResponse& response) {
  Poco::Net::WebSocket socket(request, response);
  std::array<char, 1000> frame{};
  int flags = 0;
  for (int size = 1; size > 0;) {
    size = socket.receiveFrame(frame.data(), static_cast<int>(frame.size()), flags);
    if (size > 0) socket.sendFrame(frame.data(), size, flags);
  }
}
// poco.md websocket: end

Handler::Function handlerOf(const std::string& method, const std::string& path) {
  if (method == "POST" && path == "/api/echo") return echo;
  if (method != "GET") return {};
  if (path == "/api/me") return showUser;
  if (path == "/ws") return echoFrames;
  if (path == "/api/fails") return [](auto&, auto&) { throw std::runtime_error("private"); };
  if (path != "/health" && path != "/public/page") return {};
  return [](auto&, auto& response) { sendText(response, "ok"); };
}

// poco.md factory: begin
class Factory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(liveblocks::AuthEndpoint endpoint) : endpoint_(std::move(endpoint)) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest& request) override {
    const std::string path = request.getURI().substr(0, request.getURI().find('?'));
    if (path == "/api/liveblocks-auth") return std::make_unique<adapters::PocoEndpointHandler>(endpoint_).release();
    const Handler::Function function = handlerOf(request.getMethod(), path);
    return function ? std::make_unique<Handler>(function).release() : nullptr;
  }

 private:
  liveblocks::AuthEndpoint endpoint_;
};
// poco.md factory: end

constexpr int threads = 100;

class PocoServer : public Server {
 public:
  explicit PocoServer(Application application) { start(application.guard, std::move(application.endpoint)); }
  ~PocoServer() override { stop(); }

  int port() const override { return socket_.address().port(); }

  void stop() override {
    // poco.md stop: begin
    server_->stopAll();
    pool_.joinAll();
    // poco.md stop: end
  }

 private:
  void start(const liveblocks::clerk::RouteGuard& guard, liveblocks::AuthEndpoint endpoint) {
    const Poco::Timespan readTimeout(bodyTimeoutMs * Poco::Timespan::MILLISECONDS);
    // poco.md server: begin
    Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
    params->setTimeout(readTimeout);
    params->setMaxThreads(threads);
    server_.emplace(new adapters::PocoGuardedFactory(guard, new Factory(std::move(endpoint))), pool_, socket_, params);
    server_->start();
    // poco.md server: end
  }

  Poco::ThreadPool pool_{2, threads};
  Poco::Net::ServerSocket socket_{Poco::Net::SocketAddress("127.0.0.1", 0)};
  std::optional<Poco::Net::HTTPServer> server_;
};

}  // namespace

std::unique_ptr<Server> startServer(Application application) {
  return std::make_unique<PocoServer>(std::move(application));
}

const Profile& profile() {
  static const Profile profile = [] {
    Profile differences;
    differences.chunkedBody = 411;
    differences.keepsEarlyRequests = false;
    differences.keepsConnections = false;
    differences.decodesWords = true;
    differences.longestHeader = 8000;
    differences.hasWebSockets = true;
    return differences;
  }();
  return profile;
}

}  // namespace liveblocks_tests
