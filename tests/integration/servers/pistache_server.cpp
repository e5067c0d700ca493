/// A server of Pistache with the routes of the suite.
#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/router.h>

#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include <liveblocks/adapters/pistache.hpp>

#include "server.hpp"

namespace liveblocks_tests {
namespace {

namespace adapters = liveblocks::adapters;
namespace http = Pistache::Http;
namespace rest = Pistache::Rest;

class PistacheServer : public Server {
 public:
  explicit PistacheServer(Application application) : application_(std::move(application)) {
    rest::Router router;
    addRoutes(router, application_.folder);
    const auto& endpoint = application_.endpoint;
    const auto& guard = application_.guard;
    adapters::FrontOptions options;
    options.bodyTimeout = std::chrono::milliseconds(bodyTimeoutMs);
    // pistache.md front: begin
    auto front = std::make_shared<liveblocks::adapters::PistacheFront>(router.handler(), options);
    front->addRoute("/api/liveblocks-auth", endpoint);
    front->setGuard(guard);
    server_.init(liveblocks::adapters::pistacheOptions().threads(2).flags(Pistache::Tcp::Options::NoDelay));
    server_.setHandler(front);
    server_.serveThreaded();
    // pistache.md front: end
    front_ = front;
  }
  ~PistacheServer() override { stop(); }

  int port() const override { return server_.getPort(); }

  void stop() override {
    if (std::exchange(isStopped_, true)) return;
    // pistache.md stop: begin
    front_->stop();
    server_.shutdown();
    // pistache.md stop: end
  }

 private:
  static rest::Route::Result respond(http::ResponseWriter& response, const std::string& text) {
    response.send(http::Code::Ok, text, MIME(Text, Plain));
    return rest::Route::Result::Ok;
  }

  static void addRoutes(rest::Router& router, const std::string& folder) {
    const auto ok = [](const rest::Request&, http::ResponseWriter response) { return respond(response, "ok"); };
    router.get("/health", ok);
    router.get("/public/page", ok);
    // pistache.md state: begin
    router.get("/api/me", [](const Pistache::Rest::Request& request, Pistache::Http::ResponseWriter response) {
      const liveblocks::clerk::RequestState state = liveblocks::adapters::guardState(request);
      response.cookies().add(Pistache::Http::Cookie("app", "1"));
      response.send(Pistache::Http::Code::Ok, state.auth().userId(), MIME(Text, Plain));
      return Pistache::Rest::Route::Result::Ok;
    });
    // pistache.md state: end
    router.post("/api/echo", [](const rest::Request& request, http::ResponseWriter response) {
      return respond(response, request.body());
    });
    router.get("/files/:name", [folder](const rest::Request& request, http::ResponseWriter response) {
      http::serveFile(response, folder + "/" + request.param(":name").as<std::string>());
      return rest::Route::Result::Ok;
    });
    router.get("/api/fails", [](const rest::Request&, const http::ResponseWriter&) -> rest::Route::Result {
      throw std::runtime_error("private");
    });
  }

  Application application_;
  http::Endpoint server_{Pistache::Address(Pistache::Ipv4::loopback(), 0)};
  std::shared_ptr<adapters::PistacheFront> front_;
  bool isStopped_ = false;
};

}  // namespace

std::unique_ptr<Server> startServer(Application application) {
  return std::make_unique<PistacheServer>(std::move(application));
}

const Profile& profile() {
  static const Profile profile = [] {
    Profile differences;
    differences.hasFiles = true;
    return differences;
  }();
  return profile;
}

}  // namespace liveblocks_tests
