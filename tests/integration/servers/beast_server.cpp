/// The server of examples/beast_server, with the routes of the suite.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include <liveblocks/adapters/error_response.hpp>

#include "beast_server/server.hpp"
#include "server.hpp"

namespace liveblocks_tests {
namespace {

namespace http = liveblocks::http;
using liveblocks::adapters::errorResponse;

constexpr std::size_t maxEcho = 1000;

http::Response text(std::string body) { return {200, {{"Content-Type", "text/plain"}}, std::move(body)}; }

std::string_view pathOf(std::string_view target) { return target.substr(0, target.find('?')); }

http::Response respondTo(const http::ReceivedRequest& request, const liveblocks::clerk::RequestState& state) {
  const std::string_view path = pathOf(request.url);
  if (path == "/health" || path == "/public/page") return text("ok");
  if (path == "/api/fails") throw std::runtime_error("private");
  if (path == "/api/echo") return text(request.body);
  if (path != "/api/me") return errorResponse(404, "not_found", "There is no such page");
  http::Response response = text(state.auth().userId());
  response.headers.push_back({"Set-Cookie", "app=1"});
  return response;
}

void handle(const Application& application, http::ReceivedRequest request,
            const liveblocks::Callback<http::Response>& respond) {
  if (pathOf(request.url) == "/api/liveblocks-auth") {
    return application.endpoint.handleAsync(std::move(request), respond);
  }
  const liveblocks::clerk::RouteGuardResult result = application.guard.authenticate(request);
  if (result.response) return respond(*result.response);
  http::Response response = respondTo(request, result.state);
  const auto& headers = result.state.headers();
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
  respond(std::move(response));
}

class BeastServer : public Server {
 public:
  explicit BeastServer(Application application)
      : application_(std::move(application)), thread_([this] { context_.run(); }) {}
  ~BeastServer() override { stop(); }

  int port() const override { return server_.address().port(); }

  void stop() override {
    if (!thread_.joinable()) return;
    boost::asio::post(context_, [this] { server_.stop([this] { work_.reset(); }); });
    thread_.join();
  }

 private:
  /// Calls complete on a thread of the suite, so each response goes back to that of the server.
  beast_server::Application routes() {
    return {[](std::string_view target) {
              const std::string_view path = pathOf(target);
              return path == "/api/echo" || path == "/api/liveblocks-auth" ? maxEcho : 0;
            },
            [this](http::ReceivedRequest request, const liveblocks::Callback<http::Response>& respond) {
              // The thread of the suite keeps nothing of it: with the last copy goes the connection.
              const auto kept = std::make_shared<liveblocks::Callback<http::Response>>(respond);
              handle(application_, std::move(request), [this, kept](http::Response response) {
                boost::asio::post(context_, [respond = std::exchange(*kept, nullptr), response = std::move(response)] {
                  respond(response);
                });
              });
            }};
  }

  static beast_server::Limits limits() {
    beast_server::Limits limits;
    limits.receiving = std::chrono::milliseconds(bodyTimeoutMs);
    return limits;
  }

  Application application_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
  beast_server::Server server_{context_, {boost::asio::ip::address_v4::loopback(), 0}, routes(), limits()};
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Server> startServer(Application application) {
  return std::make_unique<BeastServer>(std::move(application));
}

const Profile& profile() {
  static const Profile profile = [] {
    Profile differences;
    differences.explainsSlowBodies = false;
    return differences;
  }();
  return profile;
}

}  // namespace liveblocks_tests
