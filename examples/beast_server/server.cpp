#include "server.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <exception>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <liveblocks/adapters/beast.hpp>
#include <liveblocks/adapters/error_response.hpp>

namespace beast_server {
namespace {

namespace net = boost::asio;
namespace adapters = liveblocks::adapters;
namespace beast = boost::beast;
namespace http = liveblocks::http;
using Tcp = net::ip::tcp;
using Request = beast::http::request<beast::http::string_body>;
using Response = beast::http::response<beast::http::string_body>;

/// After which a failed accept is repeated: the process may have run out of file descriptors.
constexpr std::chrono::milliseconds acceptPause{100};
constexpr std::size_t maxDrain = std::size_t{1} << 20;

}  // namespace

/// The connections of a server.
class Server::State : public std::enable_shared_from_this<State> {
 public:
  State(net::io_context& context, const Tcp::endpoint& address, Application application, const Limits& limits)
      : application_(std::move(application)), limits_(limits), acceptor_(context, address) {}

  const Application& application() const { return application_; }
  const Limits& limits() const { return limits_; }
  bool isStopped() const { return !acceptor_.is_open(); }
  Tcp::endpoint address() const { return acceptor_.local_endpoint(); }

  void accept();
  void remove(Connection* connection);
  void stop(std::function<void()> closed);
  void stopAccepting();

 private:
  void open(Tcp::socket socket);
  void acceptLater();
  void reportClosed();

  Application application_;
  Limits limits_;
  Tcp::acceptor acceptor_;
  std::optional<net::steady_timer> pause_;
  bool isAccepting_ = false;
  std::set<Connection*> connections_;
  std::function<void()> closed_;
};

/// Serves the requests of one connection, one after the other. Kept alive by what it waits for.
class Server::Connection : public std::enable_shared_from_this<Connection> {
  using Handler = void (Connection::*)(beast::error_code error, std::size_t size);

  /// Keeps the connection alive until then.
  auto then(Handler handler) { return beast::bind_front_handler(handler, shared_from_this()); }

 public:
  Connection(Tcp::socket socket, std::shared_ptr<State> server)
      : server_(std::move(server)),
        stream_(std::move(socket)),
        buffer_(adapters::beastBufferLimit(server_->limits().headerBytes)) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { server_->remove(this); }

  void readHeader() {
    isReceiving_ = true;
    parser_.emplace();
    parser_->header_limit(server_->limits().headerBytes);
    stream_.expires_after(server_->limits().receiving);
    beast::http::async_read_header(stream_, buffer_, *parser_, then(&Connection::onHeader));
  }

  void closeIfReceiving() {
    beast::error_code ignored;
    if (isReceiving_) stream_.socket().close(ignored);
  }

 private:
  void onHeader(beast::error_code error, std::size_t) {
    if (error == beast::http::error::header_limit) return refuse(431, "too_large", "The headers are too large");
    if (error == beast::http::error::body_limit) return refuse(413, "too_large", "The body is too large");
    if (error) return;
    const Request& request = parser_->get();
    if (adapters::isUnclear(*parser_)) return refuse(400, "bad_request", "The length of the body is unclear");
    const std::size_t maxBody = server_->application().maxBody({request.target().data(), request.target().size()});
    if (parser_->content_length().value_or(0) > maxBody) return refuse(413, "too_large", "The body is too large");
    // Before the body: Beast adds trailers to the headers.
    request_ = adapters::receivedRequest(request);
    if (parser_->is_done()) return handle();
    parser_->body_limit(maxBody);
    beast::http::async_read(stream_, buffer_, *parser_, then(&Connection::onBody));
  }

  void onBody(beast::error_code error, std::size_t) {
    if (error == beast::http::error::body_limit) return refuse(413, "too_large", "The body is too large");
    if (!error) handle();
  }

  /// From here until the response there is no time limit: the library has its own.
  void handle() {
    isReceiving_ = false;
    stream_.expires_never();
    const Request& request = parser_->get();
    version_ = request.version();
    keepAlive_ = request.keep_alive();
    isHead_ = request.method() == beast::http::verb::head;
    const auto respond = [self = shared_from_this()](http::Response response) { self->write(std::move(response)); };
    try {
      request_.body = std::move(parser_->get().body());
      server_->application().handle(std::move(request_), respond);
    } catch (const std::exception&) {
      write(adapters::errorResponse(500, "internal", "The request could not be handled"));
    }
  }

  /// The rest of the request is not read.
  void refuse(int status, const std::string& error, const std::string& reason) {
    isReceiving_ = false;
    keepAlive_ = false;
    isHead_ = parser_->get().method() == beast::http::verb::head;
    write(adapters::errorResponse(status, error, reason));
  }

  void write(http::Response from) {
    response_ = adapters::beastResponse(std::move(from), version_, keepAlive_ && !server_->isStopped());
    serializer_.emplace(response_);
    stream_.expires_after(server_->limits().sending);
    if (isHead_) {
      // The length of the body, without the body.
      beast::http::async_write_header(stream_, *serializer_, then(&Connection::onWritten));
    } else {
      beast::http::async_write(stream_, *serializer_, then(&Connection::onWritten));
    }
  }

  void onWritten(beast::error_code error, std::size_t) {
    if (error) return;
    if (response_.keep_alive()) return readHeader();
    beast::error_code ignored;
    stream_.socket().shutdown(Tcp::socket::shutdown_send, ignored);
    stream_.expires_after(server_->limits().draining);
    drain({}, 0);
  }

  /// Closing with unread input could discard the response.
  void drain(beast::error_code error, std::size_t size) {
    drained_ += size;
    if (error || drained_ > maxDrain) return;
    stream_.async_read_some(net::buffer(unread_), then(&Connection::drain));
  }

  std::shared_ptr<State> server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  http::ReceivedRequest request_;
  Response response_;
  std::optional<beast::http::response_serializer<beast::http::string_body>> serializer_;
  std::array<char, 4096> unread_{};
  std::size_t drained_ = 0;
  unsigned version_ = 11;
  bool isReceiving_ = false;
  bool isHead_ = false;
  bool keepAlive_ = false;
};

void Server::State::accept() {
  if (isStopped() || isAccepting_ || connections_.size() >= limits_.connections) return;
  isAccepting_ = true;
  acceptor_.async_accept([self = shared_from_this()](auto error, Tcp::socket socket) {
    self->isAccepting_ = false;
    if (self->isStopped()) return;
    if (error) return self->acceptLater();
    self->open(std::move(socket));
    self->accept();
  });
}

void Server::State::open(Tcp::socket socket) {
  beast::error_code ignored;
  socket.set_option(Tcp::no_delay(true), ignored);
  const auto connection = std::make_shared<Connection>(std::move(socket), shared_from_this());
  connections_.insert(connection.get());
  connection->readHeader();
}

void Server::State::acceptLater() {
  pause_.emplace(acceptor_.get_executor(), acceptPause);
  pause_->async_wait([self = shared_from_this()](auto error) {
    if (!error) self->accept();
  });
}

void Server::State::remove(Connection* connection) {
  connections_.erase(connection);
  isStopped() ? reportClosed() : accept();
}

void Server::State::stop(std::function<void()> closed) {
  closed_ = std::move(closed);
  stopAccepting();
  for (Connection* connection : connections_) connection->closeIfReceiving();
  reportClosed();
}

void Server::State::stopAccepting() {
  beast::error_code ignored;
  acceptor_.close(ignored);
  pause_.reset();
}

void Server::State::reportClosed() {
  if (closed_ && connections_.empty()) net::post(acceptor_.get_executor(), closed_);
}

Server::Server(net::io_context& context, const Tcp::endpoint& address, Application application, const Limits& limits)
    : state_(std::make_shared<State>(context, address, std::move(application), limits)) {
  state_->accept();
}

Server::~Server() { state_->stopAccepting(); }

Tcp::endpoint Server::address() const { return state_->address(); }

void Server::stop(std::function<void()> closed) { state_->stop(std::move(closed)); }

}  // namespace beast_server
