/// The server with Boost.Beast that docs/web-servers.md shows.
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

#include <liveblocks/http/message.hpp>

// web-servers.md beast: begin
namespace beast = boost::beast;
using Request = beast::http::request<beast::http::string_body>;
using Response = beast::http::response<beast::http::string_body>;

/// The view refers to the request.
inline liveblocks::http::RequestView requestView(const Request& request) {
  return liveblocks::http::RequestView::from(request.method_string(), request.target(), request, request.body());
}

inline Response beastResponse(liveblocks::http::Response from, bool keepAlive) {
  Response response;
  response.result(static_cast<unsigned>(from.status));
  // insert() instead of set(), which would keep only one of several Set-Cookie headers.
  for (const auto& header : from.headers) response.insert(header.name, header.value);
  response.body() = std::move(from.body);
  response.keep_alive(keepAlive);
  response.prepare_payload();
  return response;
}

/// An error response in the form of the endpoint's.
inline liveblocks::http::Response refusal(int status, const std::string& error, const std::string& reason) {
  return {status,
          {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          R"({"error":")" + error + R"(","reason":")" + reason + R"("})"};
}

/// Reads one request and responds. Returns false if the connection must be closed.
template <class Stream, class Handler>
bool serveOne(Stream& stream, beast::flat_buffer& buffer, std::size_t maxBody, const Handler& handler) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(64 * 1024);  // by default 8 KiB, which the cookies of a Clerk application may exceed
  parser.body_limit(maxBody);
  beast::error_code error;
  beast::http::read(stream, buffer, parser, error);
  const bool isTooLarge = error == beast::http::error::body_limit;
  if (error && !isTooLarge) return false;
  const Request& request = parser.get();
  // Beast treats a body with a coding other than `chunked` as the next request.
  const bool isFramed = request.count(beast::http::field::transfer_encoding) == 0 || parser.chunked();
  const bool keepAlive = request.keep_alive() && isFramed && !isTooLarge;
  Response response = beastResponse(isTooLarge  ? refusal(413, "too_large", "The body is too large")
                                    : !isFramed ? refusal(400, "bad_request", "The length of the body is unclear")
                                                : handler(requestView(request)),
                                    keepAlive);
  beast::http::response_serializer<beast::http::string_body> serializer(response);
  if (request.method() == beast::http::verb::head) {
    beast::http::write_header(stream, serializer, error);  // the length of the body, without the body
  } else {
    beast::http::write(stream, serializer, error);
  }
  return keepAlive && !error;
}
// web-servers.md beast: end

// web-servers.md beast server: begin
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
    beast::flat_buffer buffer;
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
// web-servers.md beast server: end
