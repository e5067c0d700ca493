/// @file
/// A connection of the adapter of Pistache. Header-only.
#pragma once

#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/adapters/front_options.hpp>
#include <liveblocks/adapters/message_text.hpp>
#include <liveblocks/adapters/pistache_mailbox.hpp>
#include <liveblocks/adapters/pistache_socket.hpp>
#include <liveblocks/adapters/pistache_ticket.hpp>
#include <liveblocks/adapters/request_body.hpp>
#include <liveblocks/adapters/request_head.hpp>
#include <liveblocks/adapters/request_states.hpp>

#include <pistache/http.h>
#include <sys/socket.h>

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

/// Gives a request to the handler of the application.
using PistacheHandle = std::function<void(const std::shared_ptr<Pistache::Tcp::Peer>&, Pistache::Http::Request&,
                                          std::shared_ptr<PistacheTicket>)>;

/// What a connection needs of its thread.
struct PistacheThread {
  const FrontRules& rules;
  std::shared_ptr<PistacheMailbox> mailbox;
  PistacheHandle handle;
  /// Writes what the handler has responded.
  std::function<void()> flush;
};

/// Serves one request after the other: head, guard, body, and then the endpoint or the handler. Used on its thread
/// only.
class PistacheConnection : public std::enable_shared_from_this<PistacheConnection> {
 public:
  /// The thread outlives the connection.
  PistacheConnection(const PistacheThread& thread, const std::shared_ptr<Pistache::Tcp::Peer>& peer)
      : thread_(thread), socket_(peer) {
    setDeadline(rules().options.headTimeout);
  }
  PistacheConnection(const PistacheConnection&) = delete;
  PistacheConnection& operator=(const PistacheConnection&) = delete;
  ~PistacheConnection() { forget(); }

  /// For the guard, the endpoint or the handler.
  bool isWaiting() const { return stage_ == Stage::deciding || stage_ == Stage::responding; }

  void receive(std::string_view bytes) {
    if (stage_ == Stage::draining) return drain(bytes.size());
    if (isWaiting() && input_.size() + bytes.size() > maxAhead()) return hangUp();
    input_.append(bytes);
    advance();
  }

  /// Regularly called. Returns false if Pistache has closed the connection itself.
  bool checkTime() {
    if (!socket_.isOpen()) return false;
    socket_.keepAlive();
    if (!deadline_ || std::chrono::steady_clock::now() < *deadline_) return true;
    const bool isReading = stage_ == Stage::body || (stage_ == Stage::head && !input_.empty());
    isReading ? refuse(408, "timeout", "The request took too long") : hangUp();
    return true;
  }

  /// The front accepts no more requests.
  void stop() {
    if (stage_ == Stage::head) hangUp();
  }

  /// The connection has ended.
  void lose() {
    socket_.forget();
    deadline_.reset();
    cancellation_.cancel();
  }

  /// Ends the connection at once. Pistache closes it when it notices.
  void hangUp() {
    deadline_.reset();
    stage_ = Stage::draining;
    socket_.shutDown(SHUT_RDWR);
  }

 private:
  enum class Stage {
    head,        ///< Reading a head, or waiting for one.
    deciding,    ///< The guard decides.
    body,        ///< Reading the body.
    responding,  ///< The endpoint or the handler responds.
    draining     ///< The last response is sent; what the client still sends is discarded.
  };

  const FrontRules& rules() const { return thread_.rules; }

  void setDeadline(std::chrono::milliseconds time) { deadline_ = std::chrono::steady_clock::now() + time; }

  /// How much may arrive before it is read. A body does not wait for the guard.
  std::size_t maxAhead() const {
    const FrontOptions& options = rules().options;
    return options.maxHead + (stage_ == Stage::deciding && head_.hasBody() ? options.maxBody : 0);
  }

  void advance() {
    if (stage_ == Stage::head) readHead();
    if (stage_ == Stage::body) readBody();
  }

  void readHead() {
    skipEmptyLines(input_);
    const std::size_t end = endOfHead(input_, rules().options.maxHead);
    if (end > rules().options.maxHead) return refuseHead(431, "too_large", "The head is too large");
    if (end == 0) return;
    isRead_ = false;
    head_ = {};
    const std::optional<int> status = RequestHeadReader::read(std::string_view(input_).substr(0, end), head_);
    input_.erase(0, end);
    if (status) return refuseHead(*status, "bad_request", "The request is malformed");
    deadline_.reset();
    decide();
  }

  void decide() {
    stage_ = Stage::deciding;
    state_.reset();
    cancellation_ = {};
    if (!rules().guard) return pass();
    if (const auto result = rules().guard->authenticateLocally(head_.request)) return decided(*result);
    AsyncOptions options;
    options.cancellation = cancellation_.token();
    rules().guard->authenticateAsync(head_.request, onThread(&PistacheConnection::decided), options);
  }

  /// Calls a method on the thread of the connection, if it is still open then.
  template <class T>
  Callback<T> onThread(void (PistacheConnection::*method)(const T&)) {
    return [mailbox = thread_.mailbox, self = weak_from_this(), method](T outcome) {
      mailbox->post([self, method, outcome = std::move(outcome)] {
        const auto connection = self.lock();
        if (connection && connection->socket_.isOpen()) (*connection.*method)(outcome);
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
    const AuthEndpoint* endpoint = rules().endpoint(head_.request.url);
    const std::size_t limit = endpoint != nullptr ? endpoint->maxBody() : rules().options.maxBody;
    body_.emplace(head_.isChunked ? std::nullopt : std::optional(head_.length), limit);
    stage_ = Stage::body;
    if (head_.hasBody()) setDeadline(rules().options.bodyTimeout);
    if (head_.awaitsContinue && head_.hasBody() && head_.length <= limit) write("HTTP/1.1 100 Continue\r\n\r\n");
    readBody();
  }

  void readBody() {
    if (stage_ != Stage::body) return;
    const BodyProgress progress = body_->read(input_);
    if (progress == BodyProgress::invalid) return refuse(400, "bad_request", "The body is malformed");
    if (progress == BodyProgress::tooLarge) return refuse(413, "too_large", "The body is too large");
    if (progress != BodyProgress::complete) return;
    deadline_.reset();
    isRead_ = true;
    stage_ = Stage::responding;
    head_.request.body = std::move(body_->body());
    const AuthEndpoint* endpoint = rules().endpoint(head_.request.url);
    if (endpoint != nullptr) return ask(*endpoint);
    head_.request.method == "HEAD" ? refuseMethod() : forward();
  }

  void ask(const AuthEndpoint& endpoint) {
    AsyncOptions options;
    options.cancellation = cancellation_.token();
    endpoint.handleAsync(head_.request, onThread(&PistacheConnection::respond), options);
  }

  /// Pistache would send a body.
  void refuseMethod() {
    http::Response response = errorResponse(405, "method_not_allowed", "This server does not support HEAD here");
    response.headers.push_back({"Allow", "GET"});
    respond(response);
  }

  void forward() {
    // Pistache waits for a client that does not read its responses, and serves nobody else meanwhile.
    if (socket_.unsent() > maxUnsent) return hangUp();
    if (state_) key_ = RequestStates::add(*state_);
    const std::string text = requestText(head_, key_);
    Pistache::Http::RequestParser parser(text.size());
    if (!parse(parser, text)) return refuse(400, "bad_request", "The request cannot be read");
    const std::shared_ptr<PistacheTicket> ticket = makeTicket();
    try {
      thread_.handle(socket_.peer(), parser.request, ticket);
    } catch (const Pistache::Http::HttpError& error) {
      fail(*ticket, error.code());
    } catch (...) {
      fail(*ticket, 500);
    }
  }

  static bool parse(Pistache::Http::RequestParser& parser, const std::string& text) {
    try {
      return parser.feed(text.data(), text.size()) && parser.parse() == Pistache::Http::Private::State::Done;
    } catch (const std::exception&) {
      return false;
    }
  }

  /// What a response of the handler has in addition.
  std::shared_ptr<PistacheTicket> makeTicket() {
    std::string value = head_.isLast || rules().isStopping ? "close" : "keep-alive";
    if (state_) {
      for (const http::Header& header : state_->headers()) {
        value.append("\r\n").append(header.name).append(": ").append(header.value);
      }
    }
    return std::make_shared<PistacheTicket>(
        std::move(value), [mailbox = thread_.mailbox, self = weak_from_this(), serial = serial_](bool isWritten) {
          mailbox->post([self, serial, isWritten] {
            const auto connection = self.lock();
            if (connection) connection->release(serial, isWritten);
          });
        });
  }

  /// The handler needs its request no more.
  void release(std::size_t serial, bool isWritten) {
    if (serial != serial_ || stage_ != Stage::responding) return;
    if (!isWritten) return hangUp();
    thread_.flush();
    complete();
  }

  /// The handler has thrown, which may be after its response.
  void fail(const PistacheTicket& ticket, int status) {
    if (ticket.isWritten()) return hangUp();
    head_.isLast = true;
    if (status < 400 || status > 499) status = 500;
    respond(status == 500 ? errorResponse(500, "internal", "Something went wrong on the server")
                          : errorResponse(status, "bad_request", "The request cannot be served"));
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
    const bool isLast = head_.isLast || rules().isStopping;
    write(responseText(response, state_, isLast, head_.request.method != "HEAD"));
    complete();
  }

  void write(std::string_view bytes) {
    if (!socket_.send(bytes)) hangUp();
  }

  void complete() {
    forget();
    ++serial_;
    if (stage_ == Stage::draining) return;
    if (head_.isLast || rules().isStopping) return close();
    stage_ = Stage::head;
    head_ = {};
    state_.reset();
    setDeadline(rules().options.headTimeout);
    if (input_.empty()) return;
    thread_.mailbox->post([self = weak_from_this()] {
      if (const auto connection = self.lock()) connection->advance();
    });
  }

  /// Ends the connection after what was written. Unread bytes would turn into a reset, which may overtake the response.
  void close() {
    if (isRead_ && input_.empty()) return hangUp();
    stage_ = Stage::draining;
    setDeadline(rules().options.bodyTimeout);
    socket_.shutDown(SHUT_WR);
    const std::size_t size = input_.size();
    input_.clear();
    drain(size);
  }

  void drain(std::size_t size) {
    drained_ += size;
    if (drained_ > rules().options.maxDrain) hangUp();
  }

  void forget() {
    if (!key_.empty()) RequestStates::remove(key_);
    key_.clear();
  }

  static constexpr int maxUnsent = 16 * 1024;

  const PistacheThread& thread_;
  PistacheSocket socket_;
  Stage stage_ = Stage::head;
  std::string input_;
  RequestHead head_;
  std::optional<RequestBodyReader> body_;
  std::optional<clerk::RequestState> state_;
  CancellationSource cancellation_;
  /// That of the state, while the handler responds.
  std::string key_;
  std::optional<Deadline> deadline_;
  /// Counts the responses.
  std::size_t serial_ = 0;
  std::size_t drained_ = 0;
  /// Whether nothing of the request is still to come.
  bool isRead_ = true;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
