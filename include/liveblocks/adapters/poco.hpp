/// @file
/// An auth endpoint and a route guard for a server of POCO; written for and tested with 1.11. Header-only.
/// https://pocoproject.org
#pragma once

#include <liveblocks/adapters/poco_messages.hpp>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <cstddef>
#include <ios>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/route_guard.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// The request that this thread handles, and what the guard found.
struct PocoCurrent {
  const Poco::Net::HTTPServerRequest* request = nullptr;
  const clerk::RequestState* state = nullptr;

  static PocoCurrent& get() {
    thread_local PocoCurrent current;
    return current;
  }
};

/// Makes a request the current one of this thread.
class PocoScope {
 public:
  PocoScope(const Poco::Net::HTTPServerRequest& request, const std::optional<clerk::RequestState>& state) {
    PocoCurrent::get() = {&request, state ? &*state : nullptr};
  }
  PocoScope(const PocoScope&) = delete;
  PocoScope& operator=(const PocoScope&) = delete;
  ~PocoScope() { PocoCurrent::get() = {}; }
};

}  // namespace detail

/// Returns what the guard has found out about a request that it has let pass. The reference is valid as long as the
/// handler. To be called on the thread of the handler or of its factory; throws `std::logic_error` elsewhere, and if no
/// `PocoGuardedFactory` was called for the request.
inline const clerk::RequestState& guardState(const Poco::Net::HTTPServerRequest& request) {
  const detail::PocoCurrent& current = detail::PocoCurrent::get();
  if (current.request != &request || current.state == nullptr) {
    throw std::logic_error("no guard was called for this request");
  }
  return *current.state;
}

/// Handles requests of any method with an endpoint. Blocks, as handlers of POCO may. Its factory must be that of a
/// `PocoStrictFactory` or a `PocoGuardedFactory`.
///
/// Reads bodies up to `AuthEndpoint::maxBody()`, and requires their length: chunked bodies get a 411, because POCO does
/// not limit their extensions, and does not report if they break off. Compressed bodies get a 415, and those that do
/// not arrive in time a 408.
class PocoEndpointHandler : public Poco::Net::HTTPRequestHandler {
 public:
  /// Copies the endpoint.
  explicit PocoEndpointHandler(AuthEndpoint endpoint, PocoOptions options = {})
      : endpoint_(std::move(endpoint)), options_(options) {}

  /// For POCO.
  void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
    const detail::PocoFraming framing = detail::framingOf(request);
    if (framing == detail::PocoFraming::unclear) {
      respond(response, errorResponse(400, "bad_request", "The request is ambiguous"), true);
    } else if (request.getMethod() != "POST" || framing == detail::PocoFraming::empty) {
      respond(response, endpoint_.handle(requestView(request, {})), framing != detail::PocoFraming::empty);
    } else if (framing == detail::PocoFraming::chunked) {
      respond(response, errorResponse(411, "length_required", "The body must come with its length"), true);
    } else if (request.has("Content-Encoding")) {
      respond(response, errorResponse(415, "unsupported_media_type", "The body must be plain JSON"), true);
    } else {
      handleBody(request, response);
    }
  }

 private:
  void handleBody(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) {
    const std::size_t cap = endpoint_.maxBody();
    const auto length = static_cast<std::size_t>(request.getContentLength64());
    if (length > cap) {
      return respond(response, endpoint_.handle(requestView(request, std::string(cap + 1, ' '))), true);
    }
    const detail::PocoBody body = detail::readBody(request.stream(), length, length, options_.bodyTimeout);
    if (body.isLate) {
      respond(response, errorResponse(408, "timeout", "The body took too long"), true);
    } else if (body.size < length) {
      respond(response, errorResponse(400, "bad_request", "The body broke off"), true);
    } else {
      respond(response, endpoint_.handle(requestView(request, body.text)));
    }
  }

  AuthEndpoint endpoint_;
  PocoOptions options_;
};

/// Checks requests before the handlers of another factory, for a server without a guard. Thread-safe, as factories must
/// be.
///
/// Refuses with 400, and closes the connection, what others may understand in another way. A request for which the
/// other factory returns null gets a 404, and an exception of any type becomes a 500 without its text: POCO only closes
/// the connection unless it is one of its own. To log exceptions, catch them in your handlers. What a handler has not
/// read of a body is read, up to `PocoOptions::maxDrain`, or the connection is closed. Without a length there is no
/// body. By default the connection ends after each response, see `PocoOptions::keepAlive`.
class PocoStrictFactory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  /// Takes the factory of the application.
  explicit PocoStrictFactory(Ptr next, PocoOptions options = {}) : next_(std::move(next)), options_(options) {}

  /// For POCO.
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest& request) override {
    auto handler = std::make_unique<Handler>(options_);
    try {
      prepare(request, *handler);
    } catch (...) {
      handler->refusal = internalError();
    }
    // Anything but 200 keeps POCO from asking for the body.
    if (handler->refusal) request.response().setStatus(Poco::Net::HTTPResponse::HTTP_FORBIDDEN);
    return handler.release();
  }

 protected:
  /// What the guard found, or its response.
  struct Passage {
    /// Sent instead of handling the request.
    std::optional<http::Response> refusal = {};
    /// Empty without a guard.
    std::optional<clerk::RequestState> state = {};
  };

  /// Lets every request pass.
  virtual Passage check(const Poco::Net::HTTPServerRequest& /*request*/) const { return {}; }

 private:
  struct Handler : Poco::Net::HTTPRequestHandler {
    explicit Handler(PocoOptions limits) : options(limits) {}

    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
      const bool isEmpty = detail::framingOf(request) == detail::PocoFraming::empty;
      // POCO would read on until the connection ends, and take the next request for the body.
      if (isEmpty) request.stream().setstate(std::ios::eofbit);
      if (!options.keepAlive) response.setKeepAlive(false);
      if (refusal) {
        // POCO has taken over any text.
        if (request.getVersion() != Poco::Net::HTTPMessage::HTTP_1_0) response.setVersion("HTTP/1.1");
        respond(response, *refusal, !isEmpty);
      } else {
        response.setStatus(Poco::Net::HTTPResponse::HTTP_OK);
        handleSafely(request, response);
      }
      detail::finishBody(request, response, options);
      if (!options.keepAlive) response.setKeepAlive(false);
    }

    void handleSafely(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) const {
      const detail::PocoScope scope(request, state);
      try {
        inner->handleRequest(request, response);
      } catch (...) {
        if (!response.sent()) {
          response.clear();
          addHeaders(response);
          respond(response, internalError(), true);
        }
        response.setKeepAlive(false);
      }
    }

    void addHeaders(Poco::Net::HTTPServerResponse& response) const {
      if (!state) return;
      for (const http::Header& header : state->headers()) response.add(header.name, header.value);
    }

    PocoOptions options;
    std::optional<http::Response> refusal = {};
    std::optional<clerk::RequestState> state = {};
    std::unique_ptr<Poco::Net::HTTPRequestHandler> inner = {};
  };

  static http::Response internalError() {
    return errorResponse(500, "internal_error", "The request could not be handled");
  }

  void prepare(const Poco::Net::HTTPServerRequest& request, Handler& handler) {
    const detail::PocoFraming framing = detail::framingOf(request);
    if (framing == detail::PocoFraming::unclear) {
      handler.refusal = errorResponse(400, "bad_request", "The request is ambiguous");
      return;
    }
    Passage passage = check(request);
    handler.refusal = std::move(passage.refusal);
    if (handler.refusal) return;
    handler.state = std::move(passage.state);
    handler.addHeaders(request.response());
    if (!detail::isBodyBounded(request)) request.response().setKeepAlive(false);
    const detail::PocoScope scope(request, handler.state);
    handler.inner.reset(next_->createRequestHandler(request));
    if (!handler.inner) handler.refusal = errorResponse(404, "not_found", "There is no such page");
  }

  Ptr next_;
  PocoOptions options_;
};

/// Calls a guard before the handlers of another factory, so that it stands before everything that the server serves. It
/// does what a `PocoStrictFactory` does, too.
///
/// The guard is called once, before the body is read. The headers of its state are in the response when the handler
/// gets it: add cookies with `add()` or `addCookie()`; `set()` would replace those of the guard. Handlers and their
/// factory get the state from `guardState()`.
class PocoGuardedFactory : public PocoStrictFactory {
 public:
  /// Copies the guard.
  PocoGuardedFactory(clerk::RouteGuard guard, Ptr next, PocoOptions options = {})
      : PocoStrictFactory(std::move(next), options), guard_(std::move(guard)) {}

 protected:
  Passage check(const Poco::Net::HTTPServerRequest& request) const override {
    clerk::RouteGuardResult result = guard_.authenticate(requestView(request, {}));
    return {std::move(result.response), std::move(result.state)};
  }

 private:
  clerk::RouteGuard guard_;
};

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
