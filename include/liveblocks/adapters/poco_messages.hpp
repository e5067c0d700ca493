/// @file
/// Requests and responses of POCO, and where the bodies of requests end; written for and tested with 1.11. Header-only.
#pragma once

#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/String.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <istream>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/token.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// Limits for reading bodies.
struct PocoOptions {
  /// The time for a body to arrive. It is checked when a part arrives; `HTTPServerParams::setTimeout()` limits the time
  /// between parts.
  std::chrono::milliseconds bodyTimeout{5000};
  /// How many bytes of a body that nobody needs are read and discarded, so that its sender receives the response.
  std::size_t maxDrain = std::size_t{32} << 20;
  /// Whether a connection serves more than one request. POCO takes two bytes 0xFF in a header value for the end of the
  /// head, and what follows for the next request: for instance one that a website has a visitor's browser send, or one
  /// whose response a proxy passes on to somebody else. Set it only behind a proxy that refuses such bytes.
  bool keepAlive = false;
};

/// Returns a view of a request. Request and body must outlive it. The target is the unchanged one, with its query;
/// headers are in their order. POCO keeps white space after values, which is not part of them, and is left out. It has
/// decoded words such as `=?utf-8?q?a?=` in values.
///
/// The body must be passed, because POCO leaves it to be read; `{}` if only the head is needed (`clerk::RouteGuard`,
/// `clerk::RequestAuthenticator`).
inline http::RequestView requestView(const Poco::Net::HTTPRequest& request, std::string_view body) {
  http::RequestView view{request.getMethod(), request.getURI(), {}, body};
  for (const auto& [name, value] : request) {
    const std::string_view text = value;
    view.headers.emplace_back(name, text.substr(0, text.find_last_not_of(" \t") + 1));
  }
  return view;
}

/// Sends a response. With `close` the connection ends after it.
inline void respond(Poco::Net::HTTPServerResponse& to, const http::Response& response, bool close = false) {
  to.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
  for (const http::Header& header : response.headers) to.add(header.name, header.value);
  if (close) to.setKeepAlive(false);
  to.sendBuffer(response.body.data(), response.body.size());
}

namespace detail {

/// How the end of a body is found.
enum class PocoFraming { empty, sized, chunked, unclear };

/// POCO accepts signs and white space.
inline bool isPocoLength(std::string_view value) {
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  return !value.empty() && value.size() <= 18 && std::all_of(value.begin(), value.end(), isDigit);
}

/// Whether method, target, version and all headers are valid.
inline bool isValidHead(const Poco::Net::HTTPRequest& request) {
  const std::string& version = request.getVersion();
  return isToken(request.getMethod()) && request.getURI().find('#') == std::string::npos &&
         (version == "HTTP/1.1" || version == "HTTP/1.0") &&
         std::all_of(request.begin(), request.end(),
                     [](const auto& header) { return isToken(header.first) && !hasControlCharacter(header.second); });
}

/// Of several lengths POCO uses the first; a length beside chunks it ignores, and a coding that it does not know.
inline PocoFraming framingOf(const Poco::Net::HTTPRequest& request) {
  std::size_t lengths = 0;
  std::size_t codings = 0;
  bool isValid = isValidHead(request);
  for (const auto& [name, value] : requestView(request, {}).headers) {
    if (Poco::icompare(std::string(name), "Transfer-Encoding") == 0) ++codings;
    if (Poco::icompare(std::string(name), "Content-Length") != 0) continue;
    ++lengths;
    isValid = isValid && isPocoLength(value);
  }
  if (!isValid || lengths + codings > 1) return PocoFraming::unclear;
  if (codings == 0) return lengths == 0 || request.getContentLength64() == 0 ? PocoFraming::empty : PocoFraming::sized;
  const bool isChunked = request.getChunkedTransferEncoding() && request.getVersion() == "HTTP/1.1";
  return isChunked ? PocoFraming::chunked : PocoFraming::unclear;
}

/// Whether POCO knows where the body ends: the end of chunks is not certain, and without a length handlers may read
/// until the connection ends, even what is a request of its own.
inline bool isBodyBounded(const Poco::Net::HTTPRequest& request) {
  return request.hasContentLength() ||
         (framingOf(request) == PocoFraming::empty && (request.getMethod() == "GET" || request.getMethod() == "HEAD"));
}

/// A body, or the beginning of one that is too large or breaks off.
struct PocoBody {
  std::string text;
  std::size_t size = 0;
  /// Nothing is left of it.
  bool isWhole = false;
  bool isLate = false;
};

/// Reads a body of known framing: the first `keep` bytes are kept, at most `limit` are read. A POCO stream reports a
/// time that has run out as `bad()`, and every other end as `eof()`.
inline PocoBody readBody(std::istream& stream, std::size_t keep, std::size_t limit, std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours(24);
  const Deadline deadline = std::chrono::steady_clock::now() + (std::min)(timeout, longest);
  PocoBody body;
  std::array<char, 8192> part{};
  while (stream.good() && body.size <= limit && !body.isLate) {
    stream.read(part.data(), static_cast<std::streamsize>(part.size()));
    const auto size = static_cast<std::size_t>(stream.gcount());
    body.text.append(part.data(), (std::min)(size, keep - body.text.size()));
    body.size += size;
    body.isLate = stream.bad() || (stream.good() && std::chrono::steady_clock::now() >= deadline);
  }
  body.isWhole = stream.eof() && !stream.bad();
  return body;
}

/// Reads what the handler has left of a body, or has the connection closed: POCO takes it for the next request.
inline void finishBody(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
                       const PocoOptions& options) {
  const PocoFraming framing = framingOf(request);
  if (framing == PocoFraming::empty) return;
  const bool isRead =
      framing != PocoFraming::unclear && readBody(request.stream(), 0, options.maxDrain, options.bodyTimeout).isWhole;
  if (!isRead || !isBodyBounded(request)) response.setKeepAlive(false);
}

}  // namespace detail

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
