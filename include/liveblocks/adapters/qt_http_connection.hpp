/// @file
/// A connection of the adapter of Qt HttpServer. Header-only.
#pragma once

#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/adapters/front_options.hpp>
#include <liveblocks/adapters/message_text.hpp>
#include <liveblocks/adapters/qt_http_mailbox.hpp>
#include <liveblocks/adapters/qt_http_pipe.hpp>
#include <liveblocks/adapters/qt_http_response.hpp>
#include <liveblocks/adapters/request_body.hpp>
#include <liveblocks/adapters/request_head.hpp>
#include <liveblocks/adapters/request_states.hpp>

#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qtcpsocket.h>
#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/cancellation.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// Serves one request after the other: head, guard, body, and then the endpoint or the server. Belongs to its parent,
/// and destroys itself when the connection ends, but not before the server has responded.
class QtConnection : public QObject {
 public:
  /// Hands a pipe to the server.
  using Admit = std::function<void(QtPipe*)>;

  QtConnection(const FrontRules& rules, std::shared_ptr<QtMailbox> mailbox, Admit admit, qintptr descriptor,
               QObject* parent)
      : QObject(parent), rules_(rules), mailbox_(std::move(mailbox)), admit_(std::move(admit)) {
    socket_.setReadBufferSize(readBuffer);
    timer_.setSingleShot(true);
    connect(&socket_, &QTcpSocket::readyRead, this, [this] { advance(); });
    connect(&socket_, &QTcpSocket::disconnected, this, [this] { lose(); });
    connect(&socket_, &QTcpSocket::bytesWritten, this, [this](qint64 size) { written(size); });
    connect(&timer_, &QTimer::timeout, this, [this] { expire(); });
    if (!socket_.setSocketDescriptor(descriptor)) deleteLater();
    socket_.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    timer_.start(rules_.options.headTimeout);
  }
  QtConnection(const QtConnection&) = delete;
  QtConnection& operator=(const QtConnection&) = delete;
  ~QtConnection() override {
    socket_.disconnect(this);
    forget();
    if (pipe_ != nullptr) pipe_->leave();
  }

  /// The front accepts no more requests.
  void stop() {
    if (stage_ == Stage::head || stage_ == Stage::tunnel) socket_.disconnectFromHost();
  }

 private:
  enum class Stage {
    head,        ///< Reading a head, or waiting for one.
    deciding,    ///< The guard decides.
    body,        ///< Reading the body.
    responding,  ///< The endpoint or the server handles the request.
    sending,     ///< The client receives the response.
    tunnel,      ///< The connection is no longer one of HTTP.
    draining     ///< The last response is sent; what the client still sends is discarded.
  };

  static constexpr qint64 readBuffer = qint64{64} << 10;

  void advance() {
    if (isLost_) return;
    if (stage_ == Stage::head) readHead();
    if (stage_ == Stage::body) readBody();
    if (stage_ == Stage::draining) drain();
    if (stage_ == Stage::tunnel && pipe_ != nullptr) pipe_->feed(socket_.readAll());
  }

  void readHead() {
    std::size_t end = findHead();
    if (end == 0) {
      receive();
      end = findHead();
    }
    if (end > rules_.options.maxHead) return refuseHead(431, "too_large", "The head is too large");
    if (end == 0) return;
    isRead_ = false;
    head_ = {};
    const std::optional<int> status = RequestHeadReader::read(std::string_view(input_).substr(0, end), head_);
    input_.erase(0, end);
    if (status) return refuseHead(*status, "bad_request", "The request is malformed");
    timer_.stop();
    decide();
  }

  std::size_t findHead() {
    skipEmptyLines(input_);
    return endOfHead(input_, rules_.options.maxHead);
  }

  void receive() {
    const QByteArray bytes = socket_.read(readBuffer);
    input_.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
  }

  void decide() {
    stage_ = Stage::deciding;
    state_.reset();
    cancellation_ = {};
    if (!rules_.guard) return pass();
    if (const auto result = rules_.guard->authenticateLocally(head_.request)) return decided(*result);
    AsyncOptions options;
    options.cancellation = cancellation_.token();
    rules_.guard->authenticateAsync(head_.request, onThread<clerk::RouteGuardResult>(&QtConnection::decided), options);
  }

  /// Calls a method on the thread of the connection, if it still exists then.
  template <class T>
  Callback<T> onThread(void (QtConnection::*method)(const T&)) {
    return [mailbox = mailbox_, self = QPointer<QtConnection>(this), method](T outcome) {
      mailbox->post([self, method, outcome = std::move(outcome)] {
        if (self != nullptr) (self->*method)(outcome);
      });
    };
  }

  void decided(const clerk::RouteGuardResult& result) {
    if (result.response) {
      isRead_ = !head_.hasBody();
      if (!isRead_) head_.isLast = true;
      return respond(*result.response);
    }
    state_ = result.state;
    pass();
  }

  void pass() {
    const AuthEndpoint* endpoint = rules_.endpoint(head_.request.url);
    const std::size_t limit = endpoint != nullptr ? endpoint->maxBody() : rules_.options.maxBody;
    body_.emplace(head_.isChunked ? std::nullopt : std::optional(head_.length), limit);
    stage_ = Stage::body;
    if (head_.hasBody()) timer_.start(rules_.options.bodyTimeout);
    if (head_.awaitsContinue && head_.hasBody() && head_.length <= limit) write("HTTP/1.1 100 Continue\r\n\r\n");
    readBody();
  }

  void readBody() {
    BodyProgress progress = body_->read(input_);
    while (progress == BodyProgress::more && socket_.bytesAvailable() > 0) {
      receive();
      progress = body_->read(input_);
    }
    if (progress == BodyProgress::invalid) return refuse(400, "bad_request", "The body is malformed");
    if (progress == BodyProgress::tooLarge) return refuse(413, "too_large", "The body is too large");
    if (progress != BodyProgress::complete) return;
    timer_.stop();
    isRead_ = true;
    stage_ = Stage::responding;
    head_.request.body = std::move(body_->body());
    const AuthEndpoint* endpoint = rules_.endpoint(head_.request.url);
    endpoint != nullptr ? ask(*endpoint) : forward();
  }

  void ask(const AuthEndpoint& endpoint) {
    AsyncOptions options;
    options.cancellation = cancellation_.token();
    endpoint.handleAsync(head_.request, onThread<http::Response>(&QtConnection::respond), options);
  }

  void forward() {
    if (pipe_ == nullptr) {
      pipe_ = new QtPipe(socket_,
                         {[this](const char* data, qint64 size) { relay(data, size); }, [this] { endByServer(); }});
      admit_(pipe_);
    }
    // Before an upgrade Qt also lets a route respond.
    if (head_.isUpgrade) head_.isLast = true;
    if (state_) key_ = RequestStates::add(*state_);
    response_.emplace(head_);
    pipe_->feed(QByteArray::fromStdString(requestText(head_, key_)));
  }

  /// Sends what the server writes.
  void relay(const char* data, qint64 size) {
    if (size == 0) return;
    if (stage_ == Stage::tunnel) return write({data, static_cast<std::size_t>(size)});
    if (stage_ != Stage::responding || !response_) return endByServer();
    const bool isLast = head_.isLast || rules_.isStopping;
    const std::string out = response_->relay({data, static_cast<std::size_t>(size)}, state_, isLast);
    if (isLost_ || out.empty()) acknowledgeLater(size);
    write(out);
    if (response_->isUpgrade()) {
      stage_ = Stage::tunnel;
      if (isLost_) lose();
    } else if (response_->isComplete()) {
      complete();
    }
  }

  /// Not within a write: Qt would write the same bytes again.
  void acknowledgeLater(qint64 size) {
    if (pipe_ == nullptr) return;
    QMetaObject::invokeMethod(
        pipe_, [pipe = pipe_.data(), size] { pipe->acknowledge(size); }, Qt::QueuedConnection);
  }

  void endByServer() {
    head_.isLast = true;
    const bool isResponding = stage_ == Stage::responding && response_ && !response_->isWithoutEnd();
    if (!isResponding) return close();
    // Qt ends the connection if a WebSocket cannot begin, without a response.
    if (head_.isUpgrade && !response_->hasBegun()) refuse(400, "bad_request", "The upgrade is malformed");
  }

  /// The rest of what the client sends is not a request.
  void refuseHead(int status, std::string_view error, std::string_view reason) {
    isRead_ = false;
    state_.reset();
    refuse(status, error, reason);
  }

  void refuse(int status, std::string_view error, std::string_view reason) {
    head_.isLast = true;
    respond(errorResponse(status, error, reason));
  }

  void respond(const http::Response& response) {
    const bool isLast = head_.isLast || rules_.isStopping;
    write(responseText(response, state_, isLast, head_.request.method != "HEAD"));
    complete();
  }

  void write(std::string_view bytes) {
    if (isLost_ || bytes.empty()) return;
    if (stage_ == Stage::responding) timer_.start(rules_.options.bodyTimeout);
    socket_.write(bytes.data(), static_cast<qint64>(bytes.size()));
    socket_.flush();
  }

  void complete() {
    forget();
    if (isLost_) return deleteLater();
    if (head_.isLast || rules_.isStopping) return close();
    stage_ = Stage::sending;
    timer_.start(rules_.options.bodyTimeout);
    if (socket_.bytesToWrite() == 0) next();
  }

  void written(qint64 size) {
    const bool isWhole = socket_.bytesToWrite() == 0;
    if (stage_ == Stage::responding && isWhole) timer_.stop();
    if (timer_.isActive() && stage_ != Stage::head && stage_ != Stage::body) timer_.start();
    if (stage_ == Stage::sending && isWhole) return next();
    if (stage_ == Stage::draining && isWhole) endWriting();
    if (stage_ == Stage::responding || stage_ == Stage::tunnel) acknowledgeLater(size);
  }

  void next() {
    stage_ = Stage::head;
    head_ = {};
    state_.reset();
    timer_.start(rules_.options.headTimeout);
    QMetaObject::invokeMethod(
        this, [this] { advance(); }, Qt::QueuedConnection);
  }

  /// Ends the connection after what was written. Unread bytes would turn into a reset, which may overtake the response.
  void close() {
    if (isLost_) return deleteLater();
    if (isRead_ && input_.empty() && socket_.bytesAvailable() == 0) return socket_.disconnectFromHost();
    stage_ = Stage::draining;
    timer_.start(rules_.options.bodyTimeout);
    if (socket_.bytesToWrite() == 0) endWriting();
    input_.clear();
    drain();
  }

  void endWriting() {
#ifdef Q_OS_UNIX
    ::shutdown(static_cast<int>(socket_.socketDescriptor()), SHUT_WR);
#endif
  }

  void drain() {
    drained_ += static_cast<std::size_t>(socket_.readAll().size());
    if (drained_ > rules_.options.maxDrain) socket_.abort();
  }

  void expire() {
    const bool isReading = stage_ == Stage::body || (stage_ == Stage::head && !input_.empty());
    if (isReading && socket_.bytesToWrite() == 0) return refuse(408, "timeout", "The request took too long");
    socket_.abort();
  }

  /// The connection has ended. The server may still use its pipe.
  void lose() {
    isLost_ = true;
    timer_.stop();
    cancellation_.cancel();
    if (stage_ != Stage::responding || !response_) return deleteLater();
    acknowledgeLater(0);
  }

  void forget() {
    if (!key_.empty()) RequestStates::remove(key_);
    key_.clear();
    response_.reset();
  }

  const FrontRules& rules_;
  std::shared_ptr<QtMailbox> mailbox_;
  Admit admit_;
  QTcpSocket socket_;
  QTimer timer_;
  QPointer<QtPipe> pipe_;
  Stage stage_ = Stage::head;
  std::string input_;
  RequestHead head_;
  std::optional<RequestBodyReader> body_;
  std::optional<clerk::RequestState> state_;
  CancellationSource cancellation_;
  /// That of the state, while the server handles the request.
  std::string key_;
  /// What the server has responded, while it does.
  std::optional<QtResponse> response_;
  std::size_t drained_ = 0;
  /// Whether nothing of the request is still to come.
  bool isRead_ = true;
  bool isLost_ = false;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
