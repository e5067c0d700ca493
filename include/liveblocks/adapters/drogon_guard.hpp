/// @file
/// A route guard for an application of Drogon; written for and tested with 1.9.0. Header-only.
#pragma once

#include <drogon/HttpAppFramework.h>
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <liveblocks/adapters/drogon.hpp>
#include <liveblocks/adapters/drogon_framing.hpp>
#include <liveblocks/adapters/drogon_loop.hpp>
#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// A copy of a response, which Drogon or the application may send to other people, too.
inline drogon::HttpResponsePtr copyOf(const drogon::HttpResponse& from) {
  drogon::HttpResponsePtr copy;
  if (from.streamCallback()) {
    copy = drogon::HttpResponse::newStreamResponse(from.streamCallback());
  } else if (!from.sendfileName().empty()) {
    const auto [offset, length] = from.sendfileRange();
    copy = drogon::HttpResponse::newFileResponse(from.sendfileName(), offset, length, false);
    // The page that everybody gets.
    if (copy->statusCode() == drogon::k404NotFound) return drogonResponse({404, {}, {}});
  } else {
    copy = drogon::HttpResponse::newHttpResponse();
    copy->setBody(std::string(from.getBody()));
  }
  copy->setStatusCode(from.statusCode());
  copy->setContentTypeString(from.contentTypeString());
  for (const auto& [name, value] : from.headers()) {
    // Drogon adds these itself.
    const bool isAdded = name == "content-length" || name == "content-type" || name == "transfer-encoding" ||
                         name == "connection" || name == "date";
    if (!isAdded) copy->addHeader(name, value);
  }
  for (const auto& [name, cookie] : from.cookies()) copy->addCookie(cookie);
  return copy;
}

/// `Guard` is that of `addGuard()`.
template <class Guard>
class DrogonGuard {
 public:
  explicit DrogonGuard(Guard guard) : guard_(std::move(guard)) {}

  /// Before anything else of Drogon, on its loop: the response of the guard, or null if the request may pass or
  /// something has to be waited for.
  drogon::HttpResponsePtr authenticateLocally(const drogon::HttpRequestPtr& request) const {
    if (DrogonFraming::isUnclear(request)) return nullptr;
    try {
      const http::ReceivedRequest head = receivedHead(request);
      std::optional<clerk::RouteGuardResult> result = guard_.authenticateLocally(head);
      if (!result) return nullptr;
      if (result->response) return drogonResponse(*std::move(result->response));
      keep(request, std::move(result->state));
      return nullptr;
    } catch (const std::exception&) {
      return failure();
    }
  }

  /// Before routing, and once more for a request that was sent to the routes by `proceed()`.
  void route(const drogon::HttpRequestPtr& request, drogon::AdviceCallback&& respond,
             drogon::AdviceChainCallback&& pass) const {
    if (found(request) != nullptr) return proceed(request, respond, pass);
    try {
      guard_.authenticateAsync(receivedHead(request), [loop = DrogonLoop::current(), request, respond,
                                                       pass = std::move(pass)](clerk::RouteGuardResult result) {
        loop->run([request, respond, pass, result = std::move(result)]() mutable {
          if (result.response) return respond(drogonResponse(*std::move(result.response)));
          keep(request, std::move(result.state));
          proceed(request, respond, pass);
        });
      });
    } catch (const std::exception&) {
      respond(failure());
    }
  }

  /// Null if no guard has let the request pass.
  static std::shared_ptr<const clerk::RequestState> found(const drogon::HttpRequestPtr& request) {
    return request->attributes()->template get<std::shared_ptr<const clerk::RequestState>>(stateKey);
  }

 private:
  static constexpr const char* stateKey = "liveblocks.state";
  static constexpr const char* forwardedKey = "liveblocks.forwarded";

  static void keep(const drogon::HttpRequestPtr& request, clerk::RequestState state) {
    request->attributes()->insert(stateKey, std::make_shared<const clerk::RequestState>(std::move(state)));
  }

  static drogon::HttpResponsePtr failure() {
    return drogonResponse(errorResponse(500, "internal", "Something went wrong on the server"));
  }

  /// Routes the request. An advice before sending would change the responses that Drogon keeps for everybody, so they
  /// are copied where they come out of the routes.
  static void proceed(const drogon::HttpRequestPtr& request, const drogon::AdviceCallback& respond,
                      const drogon::AdviceChainCallback& pass) {
    const std::shared_ptr<const clerk::RequestState> state = found(request);
    const bool isUpgrade = request->headers().count("upgrade") != 0;
    if (state->headers().empty() || isUpgrade || request->attributes()->find(forwardedKey)) return pass();
    request->attributes()->insert(forwardedKey, true);
    drogon::app().forward(request, [state, respond](const drogon::HttpResponsePtr& from) {
      if (from == nullptr) return respond(from);
      const drogon::HttpResponsePtr response = copyOf(*from);
      addHeaders(*response, state->headers());
      respond(response);
    });
  }

  Guard guard_;
};

}  // namespace detail

/// Returns what the guard has found out about a request that it has let pass. The reference is valid as long as the
/// request. Throws `std::logic_error` if no guard was called for it.
inline const clerk::RequestState& guardState(const drogon::HttpRequestPtr& request) {
  const auto state = detail::DrogonGuard<clerk::RouteGuard>::found(request);
  if (state == nullptr) throw std::logic_error("no guard was called for this request");
  return *state;
}

/// Guards all requests of an application: routes, files, 404s, preflights and WebSockets. Call it before the
/// application runs, and before other advices are registered, which would see requests before the guard. A sync
/// advice of yours must not respond in any case: it is called while the guard waits for keys.
///
/// It does not block: the transport of the guard must be asynchronous, such as one on a `http::LoopThread`. Requests
/// that can be decided at once never leave Drogon's loop. Requests of unclear length are rejected as by `makeStrict()`.
///
/// The headers of the state are added to a copy of the response of the application, because the same response may be
/// sent to others. For this, requests whose state has headers (those of people who are signed out, and those that
/// return from a handshake) are routed by `HttpAppFramework::forward()`: observers that were registered before routing
/// see them twice. The copy has the status of `setStatusCode()`, and `setPassThrough()` has no effect on it. The
/// response to a request with an `Upgrade` header is not changed.
///
/// `Guard` is a `clerk::RouteGuard`, or a class with the same functions `authenticateLocally()` and
/// `authenticateAsync()`, such as one that has a guard for each host.
template <class Guard = clerk::RouteGuard>
void addGuard(drogon::HttpAppFramework& app, Guard guard) {
  makeStrict(app);
  const auto shared = std::make_shared<const detail::DrogonGuard<Guard>>(std::move(guard));
  app.registerSyncAdvice(
      [shared](const drogon::HttpRequestPtr& request) { return shared->authenticateLocally(request); });
  app.registerPreRoutingAdvice(
      [shared](const drogon::HttpRequestPtr& request, drogon::AdviceCallback&& respond,
               drogon::AdviceChainCallback&& pass) { shared->route(request, std::move(respond), std::move(pass)); });
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
