/// @file
/// Requests and responses of Drogon, and an auth endpoint as one of its routes; written for and tested with 1.9.0.
/// Header-only. https://github.com/drogonframework/drogon
#pragma once

#include <drogon/HttpAppFramework.h>
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/adapters/drogon_loop.hpp>
#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

inline std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// Copies a request without its body.
inline http::ReceivedRequest receivedHead(const drogon::HttpRequestPtr& request) {
  http::ReceivedRequest received{request->isHead() ? "HEAD" : request->methodString(),
                                 request->getOriginalPath(),
                                 {request->headers().begin(), request->headers().end()}};
  if (!request->query().empty()) received.url += "?" + request->query();
  std::string cookies;
  for (const auto& [name, value] : request->cookies()) {
    cookies.append(cookies.empty() ? "" : "; ").append(name).append("=").append(value);
  }
  if (!cookies.empty()) received.headers.emplace_back("cookie", std::move(cookies));
  return received;
}

/// Adds headers, each as a line of its own, after those of the same name. Drogon keeps one value for each name and
/// sends it as it is, so further lines are a part of it.
inline void addHeaders(drogon::HttpResponse& response, const std::vector<http::Header>& headers) {
  for (const http::Header& header : headers) {
    std::string name = lowerCase(header.name);
    // Drogon also sends a content type of its own.
    if (name == "content-type") {
      response.setContentTypeString(header.value);
      continue;
    }
    std::string lines = response.getHeader(name);
    lines = lines.empty() ? header.value : lines.append("\r\n").append(name).append(": ").append(header.value);
    response.addHeader(std::move(name), std::move(lines));
  }
}

}  // namespace detail

/// Copies a request, with the undecoded target and its query. What Drogon has dropped is missing: of several headers
/// with the same name it keeps the first, of several cookies with the same name the last, and cookies in no order.
inline http::ReceivedRequest receivedRequest(const drogon::HttpRequestPtr& request) {
  http::ReceivedRequest received = detail::receivedHead(request);
  received.body = request->body();
  return received;
}

/// Makes a response of Drogon. Several headers with the same name are sent as several.
inline drogon::HttpResponsePtr drogonResponse(http::Response from) {
  drogon::HttpResponsePtr response = drogon::HttpResponse::newHttpResponse();
  response->setStatusCode(static_cast<drogon::HttpStatusCode>(from.status));
  response->setContentTypeCode(drogon::CT_NONE);
  detail::addHeaders(*response, from.headers);
  response->setBody(std::move(from.body));
  return response;
}

/// A handler for every method but OPTIONS, for `HttpAppFramework::registerHandler()`. It does not block: the transport
/// of the endpoint must be asynchronous, such as one on a `http::LoopThread`, and so must be `Identify` and `Decide` if
/// they wait for anything. Copies share the endpoint. Compressed and multipart bodies are rejected.
///
/// `Endpoint` is an `AuthEndpoint`, or a class with the same function `handleAsync()`, such as one that has an endpoint
/// for each host.
template <class Endpoint = AuthEndpoint>
class DrogonRoute {
 public:
  /// Keeps the endpoint.
  explicit DrogonRoute(Endpoint endpoint) : endpoint_(std::move(endpoint)) {}

  /// Responds on the event loop of this thread, now or later. If the loop ends before, there is no response.
  void operator()(const drogon::HttpRequestPtr& request,
                  std::function<void(const drogon::HttpResponsePtr&)>&& respond) const {
    if (request->method() == drogon::Post && !isPlain(request)) {
      return respond(drogonResponse(errorResponse(415, "unsupported_media_type", "The body must be plain JSON")));
    }
    endpoint_.handleAsync(receivedRequest(request), [loop = detail::DrogonLoop::current(),
                                                     respond = std::move(respond)](http::Response response) {
      loop->run([respond, response = std::move(response)]() mutable { respond(drogonResponse(std::move(response))); });
    });
  }

 private:
  static bool isPlain(const drogon::HttpRequestPtr& request) {
    return request->getHeader("content-encoding").empty() &&
           detail::lowerCase(request->getHeader("content-type")).rfind("multipart/", 0) != 0;
  }

  Endpoint endpoint_;
};

/// Serves every method at `path` (not a pattern) with the endpoint, see `DrogonRoute`. Call it before the application
/// runs, and also call `addGuard()` or `makeStrict()`.
///
/// Drogon reads bodies into memory before anybody sees the request, up to one limit for all routes:
/// `setClientMaxBodySize()`, 1 MiB by default. It rejects larger ones with a 413 of its own.
template <class Endpoint = AuthEndpoint>
void addRoute(drogon::HttpAppFramework& app, const std::string& path, Endpoint endpoint) {
  const DrogonRoute<Endpoint> route(std::move(endpoint));
  const auto handler = [route](const drogon::HttpRequestPtr& request,
                               std::function<void(const drogon::HttpResponsePtr&)>&& respond) {
    route(request, std::move(respond));
  };
  app.registerHandler(path, handler, {drogon::Get, drogon::Post, drogon::Put, drogon::Delete, drogon::Patch});
  // Drogon never calls a handler for OPTIONS: it would permit any origin.
  app.registerPreRoutingAdvice([route, path](const drogon::HttpRequestPtr& request, drogon::AdviceCallback&& respond,
                                             drogon::AdviceChainCallback&& pass) {
    if (request->method() != drogon::Options || request->path() != path) return pass();
    route(request, std::move(respond));
  });
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
