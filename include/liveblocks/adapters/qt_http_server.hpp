/// @file
/// An auth endpoint and a guard for Qt HttpServer; written for and tested with 6.4.2 and 6.8.2. Header-only.
/// https://doc.qt.io/qt-6/qthttpserver-index.html
#pragma once

#include <liveblocks/adapters/front_options.hpp>
#include <liveblocks/adapters/qt_http_connection.hpp>
#include <liveblocks/adapters/qt_http_mailbox.hpp>
#include <liveblocks/adapters/request_states.hpp>

#include <QtHttpServer/qhttpserverrequest.h>
#include <QtHttpServer/qhttpserverresponse.h>
#include <QtNetwork/qtcpserver.h>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QtNetwork/qhttpheaders.h>
#endif

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// Stands in front of a `QHttpServer`: pass it to `QAbstractHttpServer::bind()`, which becomes its owner, instead of
/// calling `listen()` of the server. It reads each request itself, strictly and within limits, calls the guard before
/// the body is read, serves the endpoint, and gives the server only complete requests, one after the other.
///
/// Everything happens on the thread of the front. Nothing blocks: calls of the endpoint and of the guard are
/// asynchronous, so that their transport must be, too. A client that goes away cancels them.
class QtHttpFront : public QTcpServer {
 public:
  /// Listens to nothing yet.
  explicit QtHttpFront(const FrontOptions& options = {}) {
    rules_.options = options;
    mailbox_ = std::make_shared<detail::QtMailbox>(this);
  }
  QtHttpFront(const QtHttpFront&) = delete;
  QtHttpFront& operator=(const QtHttpFront&) = delete;
  /// Ends all connections and cancels all calls.
  ~QtHttpFront() override {
    mailbox_->close();
    qDeleteAll(connections());
  }

  /// Guards every request, including those for the endpoint, for files and for WebSockets. Call it before `listen()`.
  void setGuard(const clerk::RouteGuard& guard) { rules_.guard.emplace(guard); }

  /// Serves every method at `path`, with any query. Call it before `listen()`.
  void addRoute(std::string path, const AuthEndpoint& endpoint) {
    rules_.endpoints.insert_or_assign(std::move(path), endpoint);
  }

  /// Accepts no more connections and requests. Calls `done` from the event loop when all connections have ended:
  /// requests that were received get their response before.
  void stop(std::function<void()> done) {
    close();
    rules_.isStopping = true;
    stopped_ = std::move(done);
    for (auto* connection : connections()) connection->stop();
    QMetaObject::invokeMethod(
        this, [this] { reportIfStopped(); }, Qt::QueuedConnection);
  }

 protected:
  /// For Qt.
  void incomingConnection(qintptr descriptor) override {
    auto* connection = new detail::QtConnection(
        rules_, mailbox_, [this](detail::QtPipe* pipe) { addPendingConnection(pipe); }, descriptor, this);
    connect(
        connection, &QObject::destroyed, this, [this] { reportIfStopped(); }, Qt::QueuedConnection);
  }

 private:
  QList<detail::QtConnection*> connections() const {
    QList<detail::QtConnection*> all;
    for (QObject* child : children()) {
      if (auto* connection = dynamic_cast<detail::QtConnection*>(child)) all.append(connection);
    }
    return all;
  }

  void reportIfStopped() {
    if (stopped_ && connections().isEmpty()) std::exchange(stopped_, nullptr)();
  }

  detail::FrontRules rules_;
  std::shared_ptr<detail::QtMailbox> mailbox_;
  std::function<void()> stopped_;
};

/// Returns what the guard of the front has found out about a request that it has let pass, until the response is
/// complete. Throws `std::logic_error` if no guard was called for the request. Thread-safe.
inline clerk::RequestState guardState(const QHttpServerRequest& request) {
  const auto state = detail::RequestStates::find(request.value(detail::RequestStates::header()).toStdString());
  if (!state) throw std::logic_error("no guard was called for this request");
  return *state;
}

/// Adds a header to a response. Version 6.4 sends headers of the same name in reverse.
inline void addHeader(QHttpServerResponse& response, const http::Header& header) {
  const QByteArray name = QByteArray::fromStdString(header.name);
  const QByteArray value = QByteArray::fromStdString(header.value);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
  QHttpHeaders headers = response.headers();
  headers.append(name, value);
  response.setHeaders(std::move(headers));
#else
  response.addHeader(name, value);
#endif
}

/// A handler whose exceptions become a 500 without their text, for `QHttpServer::route()`. Without it they end the
/// process, because no exception may pass the event loop of Qt. Log them in the handler.
template <class Handler>
auto qtHandler(Handler handler) {
  return [handler = std::move(handler)](const QHttpServerRequest& request) -> QHttpServerResponse {
    try {
      return handler(request);
    } catch (...) {
      const http::Response response = errorResponse(500, "internal", "Something went wrong on the server");
      return {"application/json", QByteArray::fromStdString(response.body),
              QHttpServerResponse::StatusCode::InternalServerError};
    }
  };
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
