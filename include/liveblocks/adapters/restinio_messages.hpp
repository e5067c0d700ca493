/// @file
/// Requests and responses of RESTinio. Header-only.
#pragma once

#include <restinio/request_handler.hpp>

#include <http_parser.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// What the adapter keeps with each request. The traits of the server must say so:
///
///     struct Traits : restinio::default_traits_t {
///       using extra_data_factory_t = liveblocks::adapters::RestinioDataFactory;
///     };
///
/// Data of your own can be derived from it: then it is `restinio::simple_extra_data_factory_t<YourData>`.
struct RestinioData {
  /// What the guard found; set for requests that it has let pass. Use `guardState()`.
  std::optional<clerk::RequestState> state = {};
  /// Lets the context run until the response is sent.
  std::shared_ptr<void> ticket = {};
};

/// For `extra_data_factory_t` of the traits.
using RestinioDataFactory = restinio::simple_extra_data_factory_t<RestinioData>;

/// Returns a view of a request, which must outlive it. The target is the unchanged one, with its query; headers are in
/// their order. RESTinio keeps white space after values, which is not part of them, and is left out.
template <class Data>
http::RequestView requestView(const restinio::generic_request_t<Data>& request) {
  const restinio::http_request_header_t& header = request.header();
  http::RequestView view{header.method().c_str(), header.request_target(), {}, request.body()};
  header.for_each_field([&view](const restinio::http_header_field_t& field) {
    const std::string_view value = field.value();
    view.headers.emplace_back(field.name(), value.substr(0, value.find_last_not_of(" \t") + 1));
  });
  return view;
}

/// Copies a request, for calls that it does not outlive.
template <class Data>
http::ReceivedRequest receivedRequest(const restinio::generic_request_t<Data>& request) {
  return http::ReceivedRequest::copyOf(requestView(request));
}

/// Returns what the guard has found out about a request that it has let pass. The reference is valid as long as the
/// request. Throws `std::logic_error` if no `guardedHandler()` was called for it.
template <class Data>
const clerk::RequestState& guardState(const restinio::generic_request_t<Data>& request) {
  const std::optional<clerk::RequestState>& state = request.extra_data().state;
  if (!state) throw std::logic_error("no guard was called for this request");
  return *state;
}

namespace detail {

inline restinio::http_status_line_t statusLine(int status) {
  const auto code = static_cast<std::uint16_t>(status);
  return {restinio::http_status_code_t(code), ::http_status_str(static_cast<::http_status>(code))};
}

/// Adds the headers of what the guard found, each by itself. After a chunked body the connection ends: the parser
/// accepts some that others do not, also from HTTP/1.0.
template <class Data, class Builder>
void prepare(const restinio::generic_request_t<Data>& request, Builder& builder) {
  if (request.header().has_field(restinio::http_field::transfer_encoding)) builder.connection_close();
  const std::optional<clerk::RequestState>& state = request.extra_data().state;
  if (!state) return;
  for (const http::Header& header : state->headers()) builder.append_header(header.name, header.value);
}

}  // namespace detail

/// Begins a response of your own, in place of `create_response()`: with the headers of the guard, which every response
/// needs, or a browser will never have the cookies of its session. Add more with `append_header()`; of cookies
/// `header().set_field()` would keep only one. RESTinio sends the body also to a HEAD request, where there must be
/// none.
template <class Data>
auto createResponse(restinio::generic_request_t<Data>& request,
                    restinio::http_status_line_t status = restinio::status_ok()) {
  auto builder = request.create_response(std::move(status));
  detail::prepare(request, builder);
  return builder;
}

/// Sends a response, with the headers of the guard; to a HEAD request only its head. On any thread while the context
/// exists; for any other response than the first one of a request it throws `restinio::exception_t`.
template <class Data>
restinio::request_handling_status_t respond(restinio::generic_request_t<Data>& request, http::Response response,
                                            bool close = false) {
  auto builder =
      request.template create_response<restinio::user_controlled_output_t>(detail::statusLine(response.status));
  detail::prepare(request, builder);
  for (http::Header& header : response.headers) builder.append_header(std::move(header.name), std::move(header.value));
  builder.set_content_length(response.body.size());
  if (close) builder.connection_close();
  if (request.header().method() != restinio::http_method_head()) builder.set_body(std::move(response.body));
  return builder.done([ticket = request.extra_data().ticket](const auto&) {});
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
