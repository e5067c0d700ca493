/// @file
/// Requests and responses of Boost.Beast, for servers of any kind: with threads, callbacks or coroutines. Header-only;
/// tested with Boost 1.74 and 1.83. https://www.boost.org/libs/beast
///
/// Beast has no routes: call a `clerk::RouteGuard` first in the function that responds to every request, pass on the
/// state that it returns, and respond to requests for an `AuthEndpoint` after that. examples/beast_server is such a
/// server, with asynchronous calls and time limits.
#pragma once

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// For `request_parser::header_limit()`, in bytes: the cookies of a Clerk application may exceed Beast's 8 KiB.
constexpr std::uint32_t beastHeaderLimit = 64 * 1024;

/// Returns the size of the `flat_buffer` for a connection, in bytes: its `max_size()` is the only limit that Beast has
/// for the extensions of chunks, for their sizes (`0000...`) and for trailers, and by default there is none.
constexpr std::size_t beastBufferLimit(std::size_t headerLimit = beastHeaderLimit) {
  return headerLimit + std::size_t{64} * 1024;
}

/// Returns a view of a request, which must outlive it. The target is the unchanged one, with its query. Beast keeps
/// headers with the same name together, in their order.
///
/// To be called once the head is read, because Beast adds the trailers of a chunked body to the headers, where a guard
/// would take them for what a proxy has checked. Assign the body to the view after that.
template <class Fields>
http::RequestView requestView(const boost::beast::http::request<boost::beast::http::string_body, Fields>& request) {
  return http::RequestView::from(request.method_string(), request.target(), request, request.body());
}

/// A view of an owned request would dangle.
template <class Fields>
http::RequestView requestView(boost::beast::http::request<boost::beast::http::string_body, Fields>&& request) = delete;

/// Copies a request, for calls that it does not outlive. To be called when `requestView()` is.
template <class Fields>
http::ReceivedRequest receivedRequest(
    const boost::beast::http::request<boost::beast::http::string_body, Fields>& request) {
  return http::ReceivedRequest::copyOf(requestView(request));
}

/// Returns whether others may see another end of the body: Beast ignores every coding but `chunked`, and decodes chunks
/// of HTTP/1.0 (RFC 9112 sections 6.1 and 6.3). To be called once the head is read; respond with 400, and close the
/// connection.
template <class Body, class Allocator>
bool isUnclear(const boost::beast::http::request_parser<Body, Allocator>& parser) {
  constexpr auto name = boost::beast::http::field::transfer_encoding;
  const auto& request = parser.get();
  const auto codings = request.count(name);
  return codings > 1 || (codings == 1 && (request.version() < 11 || !boost::beast::iequals(request[name], "chunked")));
}

/// Makes a response of Beast. `version` and `keepAlive` are those of the request; pass `false` to close the connection.
/// To a HEAD request send only its header, with a `response_serializer` and `write_header()`.
inline boost::beast::http::response<boost::beast::http::string_body> beastResponse(http::Response from,
                                                                                   unsigned version, bool keepAlive) {
  boost::beast::http::response<boost::beast::http::string_body> response;
  response.version(version);
  response.result(static_cast<unsigned>(from.status));
  // insert() instead of set(), which would keep only one of several Set-Cookie headers.
  for (const http::Header& header : from.headers) response.insert(header.name, header.value);
  response.body() = std::move(from.body);
  response.keep_alive(keepAlive);
  response.prepare_payload();
  return response;
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
