/// The glue that docs/web-servers.md shows for Boost.Beast.
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

/// Borrows from the request.
inline liveblocks::http::RequestView requestView(const Request& request) {
  const auto text = [](auto part) { return std::string_view(part.data(), part.size()); };
  liveblocks::http::RequestView view{text(request.method_string()), text(request.target()), {}, request.body()};
  for (const auto& field : request) view.headers.emplace_back(text(field.name_string()), text(field.value()));
  return view;
}

inline Response beastResponse(liveblocks::http::Response answer, bool keepAlive) {
  Response response;
  response.result(static_cast<unsigned>(answer.status));
  // insert() and not set(), which would leave one Set-Cookie of several.
  for (const auto& header : answer.headers) response.insert(header.name, header.value);
  response.body() = std::move(answer.body);
  response.keep_alive(keepAlive);
  response.prepare_payload();
  return response;
}

/// In the shape of the endpoint's own refusals.
inline liveblocks::http::Response refusal(int status, const std::string& error, const std::string& reason) {
  return {status,
          {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          R"({"error":")" + error + R"(","reason":")" + reason + R"("})"};
}

/// Reads one request and answers it. False: close the connection.
template <class Stream, class Answer>
bool serveOne(Stream& stream, beast::flat_buffer& buffer, std::size_t maxBody, const Answer& answer) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(64 * 1024);  // by default 8 KiB, which the cookies of a Clerk application may exceed
  parser.body_limit(maxBody);
  beast::error_code error;
  beast::http::read(stream, buffer, parser, error);
  const bool isTooLarge = error == beast::http::error::body_limit;
  if (error && !isTooLarge) return false;
  const Request& request = parser.get();
  // Beast takes a body in another coding than `chunked` for the next request.
  const bool isFramed = request.count(beast::http::field::transfer_encoding) == 0 || parser.chunked();
  const bool keepAlive = request.keep_alive() && isFramed && !isTooLarge;
  Response response = beastResponse(isTooLarge  ? refusal(413, "too_large", "The body is too large")
                                    : !isFramed ? refusal(400, "bad_request", "The length of the body is unclear")
                                                : answer(requestView(request)),
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

/// Serves each connection on a thread of a pool; who finds none free waits.
class BeastServer {
 public:
  using Answer = std::function<liveblocks::http::Response(const liveblocks::http::RequestView&)>;

  BeastServer(const Tcp::endpoint& address, std::size_t threads, std::size_t maxBody, Answer answer)
      : maxBody_(maxBody), answer_(std::move(answer)), pool_(threads), acceptor_(pool_, address) {
    accept();
  }
  BeastServer(const BeastServer&) = delete;
  BeastServer& operator=(const BeastServer&) = delete;
  ~BeastServer() {
    stopListening();
    join();
  }

  /// With the port that the system has picked where 0 was asked for.
  const Tcp::endpoint& address() const { return address_; }

  /// Nobody new comes in, and idle connections end. Requests that have arrived are answered.
  void stopListening() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    beast::error_code ignored;
    acceptor_.close(ignored);
    // Reading ends, now and from now on. What is being answered can still be written.
    for (Tcp::socket* socket : open_) socket->shutdown(Tcp::socket::shutdown_receive, ignored);
  }

  /// Waits until all connections have ended.
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
      while (serveOne(socket, buffer, maxBody_, answer_) && !stopped_) {
      }
    } catch (const std::exception&) {
      // The answer could not be made: the connection ends.
    }
    // Closing with something unread would take back the answer. Read it, up to a bound.
    beast::error_code error;
    socket.shutdown(Tcp::socket::shutdown_send, error);
    std::array<char, 4096> unread{};
    for (std::size_t size = 0; !error && size < maxDrain;) size += socket.read_some(boost::asio::buffer(unread), error);
    const std::lock_guard lock(mutex_);  // Nobody shuts down a socket that is gone.
    open_.erase(&socket);
  }

  static constexpr std::size_t maxDrain = 1 << 20;

  std::size_t maxBody_;
  Answer answer_;
  std::mutex mutex_;
  std::atomic<bool> stopped_{false};
  std::set<Tcp::socket*> open_;
  boost::asio::thread_pool pool_;
  Tcp::acceptor acceptor_;
  Tcp::endpoint address_ = acceptor_.local_endpoint();
};
// web-servers.md beast server: end
