/// The application of Drogon with the routes of the suite. A process has only one, which runs once: the servers of the
/// suite, one after the other, are that application with what is behind its routes exchanged.
#include <drogon/HttpAppFramework.h>
#include <drogon/WebSocketController.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include <liveblocks/adapters/drogon_guard.hpp>

#include "raw_client.hpp"
#include "server.hpp"

namespace liveblocks_tests {
namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using drogon::HttpRequestPtr;
using drogon::HttpResponse;
using drogon::HttpResponsePtr;
using Respond = std::function<void(const HttpResponsePtr&)>;

/// What is behind the routes at present.
class Current {
 public:
  void set(std::shared_ptr<const Application> application) {
    const std::lock_guard lock(mutex_);
    application_ = std::move(application);
  }

  std::shared_ptr<const Application> get() const {
    const std::lock_guard lock(mutex_);
    if (application_ == nullptr) throw std::logic_error("the server has stopped");
    return application_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Application> application_;
};

Current& current() {
  static Current instance;
  return instance;
}

struct CurrentGuard {
  std::optional<clerk::RouteGuardResult> authenticateLocally(const http::RequestView& request) const {
    return current().get()->guard.authenticateLocally(request);
  }
  void authenticateAsync(http::ReceivedRequest request, liveblocks::Callback<clerk::RouteGuardResult> done) const {
    current().get()->guard.authenticateAsync(std::move(request), std::move(done));
  }
};

struct CurrentEndpoint {
  void handleAsync(http::ReceivedRequest request, liveblocks::Callback<http::Response> done) const {
    current().get()->endpoint.handleAsync(std::move(request), std::move(done));
  }
};

// drogon.md stopping: begin
/// Lets an application respond to what it has received. Create it before the guard is added, and keep it until the
/// application has stopped.
class Draining {
 public:
  explicit Draining(drogon::HttpAppFramework& app) {
    app.registerSyncAdvice([this](const drogon::HttpRequestPtr& request) {
      ++inProgress_;
      request->attributes()->insert("in progress",
                                    std::shared_ptr<void>(nullptr, [this](void* /*none*/) { --inProgress_; }));
      return drogon::HttpResponsePtr();
    });
    app.registerPreSendingAdvice([this](const drogon::HttpRequestPtr&, const drogon::HttpResponsePtr& response) {
      if (isDraining_) response->setCloseConnection(true);
    });
  }

  /// Waits until all requests have their response, so call it on a thread of your own. Connections end with it.
  void drain() {
    isDraining_ = true;
    while (inProgress_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  /// Goes on as before.
  void end() { isDraining_ = false; }

 private:
  std::atomic<int> inProgress_{0};
  std::atomic<bool> isDraining_{false};
};
// drogon.md stopping: end

/// Seconds without a byte after which Drogon closes a connection, also one that waits for its response.
constexpr std::size_t idleTimeout = 4;

template <class Guard, class Endpoint>
void protect(drogon::HttpAppFramework& app, const Guard& guard, const Endpoint& endpoint) {
  // drogon.md application: begin
  liveblocks::adapters::addGuard(app, guard);
  liveblocks::adapters::addRoute(app, "/api/liveblocks-auth", endpoint);
  app.setClientMaxBodySize(65536);
  app.setIdleConnectionTimeout(idleTimeout);
  // drogon.md application: end
}

HttpResponsePtr text(const std::string& body) {
  HttpResponsePtr response = HttpResponse::newHttpResponse();
  response->setContentTypeString("text/plain");
  response->setBody(body);
  return response;
}

void addRoutes(drogon::HttpAppFramework& app) {
  for (const char* path : {"/health", "/public/page"}) {
    app.registerHandler(path, [](const HttpRequestPtr&, Respond&& respond) { respond(text("ok")); }, {drogon::Get});
  }
  // drogon.md handler: begin
  const auto me = [](const drogon::HttpRequestPtr& request,
                     std::function<void(const drogon::HttpResponsePtr&)>&& respond) {
    const liveblocks::clerk::RequestState& state = liveblocks::adapters::guardState(request);
    const auto response = drogon::HttpResponse::newHttpResponse();
    response->setContentTypeCode(drogon::CT_TEXT_PLAIN);
    response->setBody(state.auth().userId());
    response->addHeader("Set-Cookie", "app=1");
    respond(response);
  };
  app.registerHandler("/api/me", me, {drogon::Get});
  // drogon.md handler: end
  app.registerHandler(
      "/api/echo",
      [](const HttpRequestPtr& request, Respond&& respond) { respond(text(std::string(request->body()))); },
      {drogon::Post});
  app.registerHandler("/api/fails", [](const HttpRequestPtr&, Respond&&) { throw std::runtime_error("private"); },
                      {drogon::Get});
}

class Socket : public drogon::WebSocketController<Socket> {
 public:
  void handleNewMessage(const drogon::WebSocketConnectionPtr&, std::string&&,
                        const drogon::WebSocketMessageType&) override {}
  void handleNewConnection(const HttpRequestPtr& request, const drogon::WebSocketConnectionPtr& connection) override {
    connection->send(liveblocks::adapters::guardState(request).auth().userId());
  }
  void handleConnectionClosed(const drogon::WebSocketConnectionPtr&) override {}
  WS_PATH_LIST_BEGIN
  WS_PATH_ADD("/ws", drogon::Get);
  WS_PATH_LIST_END
};

std::filesystem::path makeFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "liveblocks-drogon-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

/// The application, from the first server until the process ends.
class Process {
 public:
  static Process& instance() {
    static Process process;
    return process;
  }

  Process() {
    std::promise<void> started;
    app_.disableSigtermHandling()
        .addListener("127.0.0.1", 0)
        .setThreadNum(1)
        .setUploadPath(folder_ / "uploads")
        .setDocumentRoot(folder_)
        .addALocation("/files", "", folder_ / "files")
        .registerBeginningAdvice([&started] { started.set_value(); });
    protect(app_, CurrentGuard(), CurrentEndpoint());
    addRoutes(app_);
    thread_ = std::thread([this] { app_.run(); });
    started.get_future().wait();
    // It begins before it listens.
    while (!listens()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    app_.quit();
    thread_.join();
    std::filesystem::remove_all(folder_);
  }

  int port() const { return app_.getListeners().front().toPort(); }

  void begin(Application application) {
    std::filesystem::create_directory_symlink(application.folder, folder_ / "files");
    draining_.end();
    current().set(std::make_shared<const Application>(std::move(application)));
  }

  void end() {
    draining_.drain();
    current().set(nullptr);
    std::filesystem::remove(folder_ / "files");
  }

 private:
  bool listens() const {
    try {
      return RawClient(port()).send("");
    } catch (const std::runtime_error&) {
      return false;
    }
  }

  drogon::HttpAppFramework& app_ = drogon::app();
  std::filesystem::path folder_ = makeFolder();
  Draining draining_{app_};
  std::thread thread_;
};

class DrogonServer : public Server {
 public:
  explicit DrogonServer(Application application) { Process::instance().begin(std::move(application)); }
  ~DrogonServer() override { stop(); }

  int port() const override { return Process::instance().port(); }

  void stop() override {
    if (!std::exchange(isStopped_, true)) Process::instance().end();
  }

 private:
  bool isStopped_ = false;
};

}  // namespace

std::unique_ptr<Server> startServer(Application application) {
  return std::make_unique<DrogonServer>(std::move(application));
}

const Profile& profile() {
  static const Profile profile = [] {
    Profile differences;
    differences.explainsSlowBodies = false;
    differences.refusesTwoLengths = false;
    differences.seesCodings = false;
    differences.readsLargeBodies = true;
    differences.acceptsAbsoluteTargets = true;
    differences.keepsRepeatedHeaders = false;
    differences.keepsCookies = false;
    differences.hasFiles = true;
    differences.hasWebSockets = true;
    return differences;
  }();
  return profile;
}

}  // namespace liveblocks_tests
