/// A server of Qt HttpServer with the routes of the suite.
#include <QtCore/qcoreapplication.h>
#include <QtCore/qthread.h>
#include <QtCore/qtimer.h>
#include <QtHttpServer/qhttpserver.h>
#include <QtWebSockets/qwebsocket.h>

#include <array>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <utility>

#include <liveblocks/adapters/qt_http_server.hpp>

#include "server.hpp"

namespace liveblocks_tests {
namespace {

namespace adapters = liveblocks::adapters;
using Method = QHttpServerRequest::Method;

/// Never destroyed: Qt 6.8 crashes if that happens after main().
const QCoreApplication& qtApplication() {
  static int count = 1;
  static std::array<char, 6> name{"tests"};
  static std::array<char*, 2> arguments{name.data(), nullptr};
  static const QCoreApplication& application = *std::make_unique<QCoreApplication>(count, arguments.data()).release();
  return application;
}

/// All of it lives on a thread with an event loop.
class QtHttpServer : public Server {
 public:
  explicit QtHttpServer(Application application) : application_(std::move(application)) {
    qtApplication();
    context_.moveToThread(&thread_);
    thread_.start();
    std::promise<int> port;
    onThread([&] { port.set_value(start()); });
    port_ = port.get_future().get();
  }
  ~QtHttpServer() override { stop(); }

  int port() const override { return port_; }

  void stop() override {
    if (!thread_.isRunning()) return;
    std::promise<void> stopped;
    const auto finish = [&] {
      server_.reset();
      stopped.set_value();
    };
    onThread([&] {
      // qt-http-server.md stop: begin
      front_->stop(finish);
      // qt-http-server.md stop: end
    });
    stopped.get_future().wait();
    thread_.quit();
    thread_.wait();
  }

 private:
  template <class Function>
  void onThread(Function function) {
    QMetaObject::invokeMethod(&context_, std::move(function), Qt::BlockingQueuedConnection);
  }

  int start() {
    const auto& endpoint = application_.endpoint;
    const auto& guard = application_.guard;
    adapters::FrontOptions options;
    options.bodyTimeout = std::chrono::milliseconds(bodyTimeoutMs);
    // qt-http-server.md front: begin
    auto server = std::make_unique<QHttpServer>();
    auto front = std::make_unique<liveblocks::adapters::QtHttpFront>(options);
    front->addRoute("/api/liveblocks-auth", endpoint);
    front->setGuard(guard);
    if (!front->listen(QHostAddress::LocalHost)) throw std::runtime_error("the port is in use");
    front_ = front.get();
    server->bind(front.release());  // The server owns it now.
    // qt-http-server.md front: end
    addRoutes(*server);
    addSpecialRoutes(*server);
    server_ = std::move(server);
    return front_->serverPort();
  }

  void addRoutes(QHttpServer& server) const {
    server.route("/health", [] { return QHttpServerResponse("text/plain", "ok"); });
    server.route("/public/page", [] { return QHttpServerResponse("text/plain", "ok"); });
    // qt-http-server.md state: begin
    server.route("/api/me", liveblocks::adapters::qtHandler([](const QHttpServerRequest& request) {
                   const liveblocks::clerk::RequestState state = liveblocks::adapters::guardState(request);
                   QHttpServerResponse response("text/plain", QByteArray::fromStdString(state.auth().userId()));
                   liveblocks::adapters::addHeader(response, {"Set-Cookie", "app=1"});
                   return response;
                 }));
    // qt-http-server.md state: end
    server.route("/api/echo", Method::Post,
                 [](const QHttpServerRequest& request) { return QHttpServerResponse("text/plain", request.body()); });
    server.route("/files/<arg>", [folder = QString::fromStdString(application_.folder)](const QString& name) {
      return QHttpServerResponse::fromFile(folder + "/" + name);
    });
    server.route("/api/fails", adapters::qtHandler([](const QHttpServerRequest&) -> QHttpServerResponse {
                   throw std::runtime_error("private");
                 }));
  }

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
  using Responder = QHttpServerResponder&;
#else
  using Responder = QHttpServerResponder&&;
#endif

  static void addSpecialRoutes(QHttpServer& server) {
    server.route("/public/later", [](Responder responder) {
      auto kept = std::make_shared<QHttpServerResponder>(std::move(responder));
      QTimer::singleShot(20, [kept] { kept->write("later", "text/plain"); });
    });
    // qt-http-server.md socket: begin
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    server.addWebSocketUpgradeVerifier(&server, [](const QHttpServerRequest& request) {
      return request.url().path() == "/ws" ? QHttpServerWebSocketUpgradeResponse::accept()
                                           : QHttpServerWebSocketUpgradeResponse::passToNext();
    });
#else
    server.route("/ws", [](const QHttpServerRequest& request, QHttpServerResponder&& responder) {
      const bool isUpgrade = request.value("upgrade").toLower() == "websocket";
      if (!isUpgrade) responder.write(QHttpServerResponder::StatusCode::UpgradeRequired);
    });
#endif
    QObject::connect(&server, &QHttpServer::newWebSocketConnection, &server, [&server] {
      QWebSocket* socket = server.nextPendingWebSocketConnection().release();
      socket->setParent(&server);
      QObject::connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    });
    // qt-http-server.md socket: end
  }

  Application application_;
  QThread thread_;
  QObject context_;
  std::unique_ptr<QHttpServer> server_;
  adapters::QtHttpFront* front_ = nullptr;
  int port_ = 0;
};

}  // namespace

std::unique_ptr<Server> startServer(Application application) {
  return std::make_unique<QtHttpServer>(std::move(application));
}

const Profile& profile() {
  static const Profile profile = [] {
    Profile differences;
    differences.hasFiles = true;
    differences.hasWebSockets = true;
    return differences;
  }();
  return profile;
}

}  // namespace liveblocks_tests
