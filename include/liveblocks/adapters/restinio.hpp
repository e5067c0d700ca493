/// @file
/// An auth endpoint and a route guard for a RESTinio server; written for and tested with 0.6.16 and 0.6.19, with the
/// standalone Asio. Header-only. https://github.com/Stiffstream/restinio
#pragma once

#include <liveblocks/adapters/restinio_calls.hpp>
#include <liveblocks/adapters/restinio_messages.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/adapters/token.hpp>
#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/route_guard.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// What RESTinio calls for each request.
template <class Data = RestinioData>
using RestinioHandler =
    std::function<restinio::request_handling_status_t(const restinio::generic_request_handle_t<Data>&)>;

namespace detail {

/// The same type, for parameters from which none is deduced.
template <class T>
struct Same {
  using Type = T;
};

/// Whether others may see other requests in these bytes. The parser accepts names with spaces, fragments, control
/// characters, and several codings, which it does not decode; what else is unclear it refuses itself.
inline bool isAmbiguous(const restinio::http_request_header_t& header) {
  const std::string& target = header.request_target();
  bool isValid = header.method() != restinio::http_method_unknown() &&
                 target.find_first_of("#\t") == std::string::npos && !hasControlCharacter(target);
  std::string coding;
  header.for_each_field([&](const restinio::http_header_field_t& field) {
    isValid = isValid && isToken(field.name()) && !hasControlCharacter(field.value());
    if (field.field_id() == restinio::http_field::transfer_encoding) coding += field.value();
  });
  coding.erase(coding.find_last_not_of(" \t") + 1);
  return !isValid || (!coding.empty() && !restinio::impl::is_equal_caseless(coding, "chunked"));
}

/// Sends a response in place of a handler that has failed. If the handler has taken the connection along, that closes
/// with the last reference to it.
template <class Data>
restinio::request_handling_status_t respondToFailure(restinio::generic_request_t<Data>& request) noexcept {
  try {
    return respond(request, errorResponse(500, "internal_error", "The request could not be handled"), true);
  } catch (...) {
    return restinio::request_accepted();
  }
}

/// Calls a handler so that the request gets a response: RESTinio only closes the connection after an exception, and
/// knows nothing of requests that are refused later.
template <class Data>
restinio::request_handling_status_t callHandler(const RestinioHandler<Data>& handler,
                                                const restinio::generic_request_handle_t<Data>& request) noexcept {
  try {
    const restinio::request_handling_status_t status = handler(request);
    if (status == restinio::request_accepted()) return status;
    if (status == restinio::request_rejected()) {
      return respond(*request, errorResponse(501, "not_implemented", "The request is not supported"), true);
    }
    return respond(*request, errorResponse(404, "not_found", "There is no such page"));
  } catch (...) {
    return respondToFailure(*request);
  }
}

/// What follows the guard.
template <class Data>
restinio::request_handling_status_t pass(const RestinioHandler<Data>& next,
                                         const restinio::generic_request_handle_t<Data>& request,
                                         clerk::RouteGuardResult result) {
  if (result.response) return respond(*request, std::move(*result.response));
  request->extra_data().state = std::move(result.state);
  return callHandler(next, request);
}

}  // namespace detail

/// A handler for requests of any method. The response may come from any thread; RESTinio's own threads are not held up,
/// and neither a client that goes away nor the end of the context does any harm.
///
/// RESTinio has read the body before: limit it with `incoming_http_msg_limits()`, to more than
/// `AuthEndpoint::maxBody()`, so that there is a response to what is a little too large. If it is larger, RESTinio
/// closes the connection.
template <class Data = RestinioData>
RestinioHandler<Data> endpointHandler(restinio::asio_ns::io_context& context, AuthEndpoint endpoint) {
  return [calls = detail::RestinioService::callsOf(context),
          endpoint = std::move(endpoint)](const restinio::generic_request_handle_t<Data>& request) {
    calls->template call<http::Response>(
        [&](const Callback<http::Response>& done) { endpoint.handleAsync(receivedRequest(*request), done); },
        [request](http::Response response) {
          const bool isTooLarge = response.status == 413;
          detail::callHandler<Data>([&](const auto& to) { return respond(*to, std::move(response), isTooLarge); },
                                    request);
        });
    return restinio::request_accepted();
  };
}

/// A handler that checks requests before it calls another one, for `request_handler()` of a server without a guard.
///
/// Refuses with 400, and closes the connection, what others may understand in another way. A request that the handler
/// does not handle gets a 404, one that it rejects a 501, and an exception becomes a 500 without its text. To log
/// exceptions, catch them in your handler.
///
/// The handler runs on a thread of the context, but not within RESTinio's call: if it did and responded at once,
/// RESTinio would begin to read the next request twice, and take the rest of one whose beginning has arrived already
/// for another one. So let it be the outermost one.
template <class Data = RestinioData>
RestinioHandler<Data> strictHandler(restinio::asio_ns::io_context& context,
                                    typename detail::Same<RestinioHandler<Data>>::Type next) {
  RestinioHandler<Data> checked = [next = std::move(next)](const restinio::generic_request_handle_t<Data>& request) {
    if (!request->extra_data().ticket) {
      return respond(*request, errorResponse(503, "unavailable", "The server stops"), true);
    }
    if (detail::isAmbiguous(request->header())) {
      return respond(*request, errorResponse(400, "bad_request", "The request is ambiguous"), true);
    }
    return next(request);
  };
  return [calls = detail::RestinioService::callsOf(context),
          checked = std::move(checked)](const restinio::generic_request_handle_t<Data>& request) {
    request->extra_data().ticket = calls->enter();
    calls->post([checked, request] { detail::callHandler(checked, request); });
    return restinio::request_accepted();
  };
}

/// A handler that calls a guard before another handler, for `request_handler()` of the server, so that the guard stands
/// before everything: routes, files, upgrades to WebSockets. It does what a `strictHandler()` does, too.
///
/// The guard is called once. Where it needs no I/O, as with a key that is known, the handler follows at once; else on
/// another thread of the context. Handlers get the state from `guardState()`, and respond with `createResponse()` or
/// `respond()`, which add its headers.
template <class Data = RestinioData>
RestinioHandler<Data> guardedHandler(restinio::asio_ns::io_context& context, clerk::RouteGuard guard,
                                     typename detail::Same<RestinioHandler<Data>>::Type next) {
  auto guarded = [calls = detail::RestinioService::callsOf(context), guard = std::move(guard),
                  next = std::move(next)](const restinio::generic_request_handle_t<Data>& request) {
    if (auto result = guard.authenticateLocally(requestView(*request))) {
      return detail::pass(next, request, std::move(*result));
    }
    calls->template call<clerk::RouteGuardResult>(
        [&](const Callback<clerk::RouteGuardResult>& done) {
          guard.authenticateAsync(receivedRequest(*request), done);
        },
        [request, next](clerk::RouteGuardResult result) {
          detail::callHandler<Data>([&](const auto& to) { return detail::pass(next, to, std::move(result)); }, request);
        });
    return restinio::request_accepted();
  };
  return strictHandler<Data>(context, std::move(guarded));
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
