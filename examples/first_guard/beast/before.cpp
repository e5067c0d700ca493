// A program with Boost.Beast, before it is guarded.
// It is kept short: NOLINTBEGIN(bugprone-exception-escape)
// beast.md before: begin
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <string>
#include <thread>

namespace beast = boost::beast;
using Tcp = boost::asio::ip::tcp;
using Request = beast::http::request<beast::http::string_body>;
using Response = beast::http::response<beast::http::string_body>;

Response respondTo(const Request& request) {
  Response response(beast::http::status::ok, request.version());
  response.set(beast::http::field::content_type, "text/plain");
  response.body() = "hello\n";
  response.keep_alive(false);
  response.prepare_payload();
  return response;
}

void serve(Tcp::socket socket) {
  beast::flat_buffer buffer;
  Request request;
  beast::error_code error;
  beast::http::read(socket, buffer, request, error);
  if (error) return;
  beast::http::write(socket, respondTo(request), error);
  socket.shutdown(Tcp::socket::shutdown_both, error);
}

int main() {
  boost::asio::io_context context;
  Tcp::acceptor acceptor(context, {boost::asio::ip::make_address("127.0.0.1"), 8080});
  for (;;) std::thread(serve, acceptor.accept()).detach();
}
// beast.md before: end
// NOLINTEND(bugprone-exception-escape)
