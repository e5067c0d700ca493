/// The server with Boost.Beast that docs/servers/beast.md shows.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/beast.hpp>
#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/http/message.hpp>

// beast.md: begin
namespace beast = boost::beast;
using Request = beast::http::request<beast::http::string_body>;
using Response = beast::http::response<beast::http::string_body>;
namespace adapters = liveblocks::adapters;

/// Reads one request and responds. Returns false if the connection must be closed.
template <class Stream, class Handler>
bool serveOne(Stream& stream, beast::flat_buffer& buffer, std::size_t maxBody, const Handler& handler) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(adapters::beastHeaderLimit);
  parser.body_limit(maxBody);
  beast::error_code error;
  beast::http::read_header(stream, buffer, parser, error);
  const Request& request = parser.get();
  // Before the body: Beast adds trailers to the headers.
  liveblocks::http::RequestView view = adapters::requestView(request);
  const bool isUnclear = !error && adapters::isUnclear(parser);
  if (!error && !isUnclear) beast::http::read(stream, buffer, parser, error);
  view.body = request.body();
  const bool isTooLarge = error == beast::http::error::body_limit;
  if (error && !isTooLarge) return false;
  const bool keepAlive = request.keep_alive() && !isUnclear && !isTooLarge;
  Response response = adapters::beastResponse(
      isTooLarge  ? adapters::errorResponse(413, "too_large", "The body is too large")
      : isUnclear ? adapters::errorResponse(400, "bad_request", "The length of the body is unclear")
                  : handler(view),
      request.version(), keepAlive);
  beast::http::response_serializer<beast::http::string_body> serializer(response);
  if (request.method() == beast::http::verb::head) {
    beast::http::write_header(stream, serializer, error);  // the length of the body, without the body
  } else {
    beast::http::write(stream, serializer, error);
  }
  return keepAlive && !error;
}
// beast.md: end

// beast.md server: begin
using Tcp = boost::asio::ip::tcp;

/// Serves each connection on a thread of a pool; if none is free, connections wait.
class BeastServer {
 public:
  using Handler = std::function<liveblocks::http::Response(const liveblocks::http::RequestView&)>;

  BeastServer(const Tcp::endpoint& address, std::size_t threads, std::size_t maxBody, Handler handler)
      : maxBody_(maxBody), handler_(std::move(handler)), pool_(threads), acceptor_(pool_, address) {
    accept();
  }
  BeastServer(const BeastServer&) = delete;
  BeastServer& operator=(const BeastServer&) = delete;
  ~BeastServer() {
    stopListening();
    join();
  }

  /// Contains the port that the system has chosen for port 0.
  const Tcp::endpoint& address() const { return address_; }

  /// Accepts no new connections and closes idle ones. Received requests are still handled.
  void stopListening() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    beast::error_code ignored;
    acceptor_.close(ignored);
    // Ends reading; responses can still be written.
    for (Tcp::socket* socket : open_) socket->shutdown(Tcp::socket::shutdown_receive, ignored);
  }

  /// Waits until all connections are closed.
  void join() { pool_.join(); }

 private:
  void accept() {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    acceptor_.async_accept([this](beast::error_code error, Tcp::socket socket) {
      accept();
      if (!error && enter(socket)) serve(socket);
    });
  }

  bool enter(Tcp::socket& socket) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return false;
    open_.insert(&socket);
    return true;
  }

  void serve(Tcp::socket& socket) {
    beast::flat_buffer buffer(adapters::beastBufferLimit());
    try {
      while (serveOne(socket, buffer, maxBody_, handler_) && !stopped_) {
      }
    } catch (const std::exception&) {
      // No response could be made: close the connection.
    }
    // Closing with unread input could discard the response. Read the rest, up to a limit.
    beast::error_code error;
    socket.shutdown(Tcp::socket::shutdown_send, error);
    std::array<char, 4096> unread{};
    for (std::size_t size = 0; !error && size < maxDrain;) size += socket.read_some(boost::asio::buffer(unread), error);
    const std::lock_guard lock(mutex_);  // A closed socket must not be shut down.
    open_.erase(&socket);
  }

  static constexpr std::size_t maxDrain = 1 << 20;

  std::size_t maxBody_;
  Handler handler_;
  std::mutex mutex_;
  std::atomic<bool> stopped_{false};
  std::set<Tcp::socket*> open_;
  boost::asio::thread_pool pool_;
  Tcp::acceptor acceptor_;
  Tcp::endpoint address_ = acceptor_.local_endpoint();
};
// beast.md server: end
