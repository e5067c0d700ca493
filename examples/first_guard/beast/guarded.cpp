// The same program with a guard: what the page of the server makes of before.cpp.
// It is kept short: NOLINTBEGIN(concurrency-mt-unsafe,bugprone-exception-escape)
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <utility>

#include <liveblocks/adapters/beast.hpp>
#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/sdk.hpp>

namespace beast = boost::beast;
namespace adapters = liveblocks::adapters;
namespace clerk = liveblocks::clerk;
using Tcp = boost::asio::ip::tcp;
using Request = beast::http::request<beast::http::string_body>;
using Response = beast::http::response<beast::http::string_body>;

clerk::RouteGuard makeGuard() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  clerk::ClientOptions options;
  options.publishableKey = variable("CLERK_PUBLISHABLE_KEY");
  options.secretKey = variable("CLERK_SECRET_KEY");
  options.jwtKey = variable("CLERK_JWT_KEY");
  options.publicOrigin = "http://localhost:8080";
  options.authorizedParties = {options.publicOrigin};
  return clerk::Client(options).routeGuard();
}

Response respondTo(const Request& request, const clerk::RequestState& state) {
  Response response(beast::http::status::ok, request.version());
  response.set(beast::http::field::content_type, "text/plain");
  response.body() = "hello, " + state.auth().userId() + "\n";
  for (const auto& header : state.headers()) response.insert(header.name, header.value);
  response.keep_alive(false);
  response.prepare_payload();
  return response;
}

void serve(Tcp::socket socket, const clerk::RouteGuard& guard) {
  beast::flat_buffer buffer(adapters::beastBufferLimit());
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(adapters::beastHeaderLimit);
  beast::error_code error;
  beast::http::read_header(socket, buffer, parser, error);
  if (error) return;
  auto [refusal, state] = guard.authenticate(adapters::requestView(parser.get()));
  if (adapters::isUnclear(parser)) refusal = adapters::errorResponse(400, "bad_request", "The length is unclear");
  if (!refusal) beast::http::read(socket, buffer, parser, error);
  if (error) return;
  const Request& request = parser.get();
  beast::http::write(
      socket,
      refusal ? adapters::beastResponse(std::move(*refusal), request.version(), false) : respondTo(request, state),
      error);
  socket.shutdown(Tcp::socket::shutdown_both, error);
}

int main() {
  const clerk::RouteGuard guard = makeGuard();
  boost::asio::io_context context;
  Tcp::acceptor acceptor(context, {boost::asio::ip::make_address("127.0.0.1"), 8080});
  for (;;) std::thread(serve, acceptor.accept(), std::cref(guard)).detach();
}
// NOLINTEND(concurrency-mt-unsafe,bugprone-exception-escape)
