/// @file
/// Where a request ends on a connection of Drogon; written for and tested with 1.9.0. Header-only.
#pragma once

#include <drogon/HttpAppFramework.h>
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>
#include <trantor/net/EventLoop.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/adapters/drogon.hpp>
#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/adapters/token.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// Recognizes requests whose end an intermediary may see elsewhere (RFC 9112 section 6.3), as far as Drogon lets it
/// see.
class DrogonFraming {
 public:
  /// Marks the request if it is unclear, or if Drogon took it from the bytes after an unclear one. To be called for
  /// each request, in their order.
  static void examine(const drogon::HttpRequestPtr& request) {
    if (follows(request)) return mark(request);
    if (isClear(*request)) return;
    mark(request);
    connection() = nameOf(request);
    // Requests that were received together are handled together.
    trantor::EventLoop::getEventLoopOfCurrentThread()->queueInLoop([] { connection().clear(); });
  }

  /// Whether the request was marked.
  static bool isUnclear(const drogon::HttpRequestPtr& request) { return request->attributes()->find(key); }

 private:
  static constexpr const char* key = "liveblocks.unclear";

  static void mark(const drogon::HttpRequestPtr& request) { request->attributes()->insert(key, true); }

  static std::string nameOf(const drogon::HttpRequestPtr& request) {
    return request->peerAddr().toIpPort() + " " + request->localAddr().toIpPort();
  }

  /// That of the unclear request which the thread is about to reject, else empty.
  static std::string& connection() {
    thread_local std::string name;
    return name;
  }

  static bool follows(const drogon::HttpRequestPtr& request) {
    return !connection().empty() && connection() == nameOf(request);
  }

  static bool isDigit(char c) { return c >= '0' && c <= '9'; }

  static bool isLength(std::string_view text) {
    constexpr std::size_t maxDigits = 18;
    return !text.empty() && text.size() <= maxDigits && std::all_of(text.begin(), text.end(), isDigit);
  }

  /// Whether no intermediary ends a line within the text.
  static bool isOneLine(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
  }

  static bool isClear(const drogon::HttpRequest& request) {
    const auto& headers = request.headers();
    const auto& cookies = request.cookies();
    const auto length = headers.find("content-length");
    // Drogon replaces the coding of a body in chunks by its length. If there still is one, it was ignored.
    return headers.count("transfer-encoding") == 0 && (length == headers.end() || isLength(length->second)) &&
           std::all_of(headers.begin(), headers.end(),
                       [](const auto& header) { return isToken(header.first) && isOneLine(header.second); }) &&
           std::all_of(cookies.begin(), cookies.end(),
                       [](const auto& cookie) { return isOneLine(cookie.first) && isOneLine(cookie.second); });
  }
};

}  // namespace detail

/// Makes an application without a guard reject requests whose end is unclear, with 400, and close their connections:
/// a length together with chunks, a length that is no number, an invalid header name. Call it before the application
/// runs, and before other advices are registered. `addGuard()` does the same. Two lengths cannot be seen, see
/// docs/servers/drogon.md.
inline void makeStrict(drogon::HttpAppFramework& app) {
  app.registerSyncAdvice([](const drogon::HttpRequestPtr& request) {
    detail::DrogonFraming::examine(request);
    return drogon::HttpResponsePtr();
  });
  app.registerPreRoutingAdvice(
      [](const drogon::HttpRequestPtr& request, drogon::AdviceCallback&& respond, drogon::AdviceChainCallback&& pass) {
        if (!detail::DrogonFraming::isUnclear(request)) return pass();
        respond(drogonResponse(errorResponse(400, "bad_request", "The length of the body is unclear")));
      });
  app.registerPreSendingAdvice([](const drogon::HttpRequestPtr& request, const drogon::HttpResponsePtr& response) {
    if (detail::DrogonFraming::isUnclear(request)) response->setCloseConnection(true);
  });
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
