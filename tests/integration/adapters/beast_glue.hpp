/// The glue that docs/web-servers.md shows for Boost.Beast.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <cstddef>
#include <functional>
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
  Response response = beastResponse(isTooLarge || !isFramed ? liveblocks::http::Response{isTooLarge ? 413 : 400, {}, {}}
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
