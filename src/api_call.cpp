#include "api_call.hpp"

#include <string>
#include <utility>

#include <liveblocks/core/events.hpp>

#include "api_reading.hpp"
#include "http/api_target.hpp"
#include "http/delivery.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

/// Maps the responses to a call of any endpoint.
struct ResponseReading {
  ApiReading reading;

  Result<http::ApiResponse> operator()(Result<http::Response> response) const {
    Result<void> success = reading.check(response);
    if (!success) return std::move(success).error();
    return http::ApiResponse{response->status, std::move(response->headers), std::move(response->body)};
  }

  static Result<http::ApiResponse> failed(Error error) noexcept { return error; }
};

http::Request requestOf(const ClientState& client, const http::ApiCall& call, const std::string& target) {
  http::Request request = apiRequest(client, call.method, target);
  http::detail::setBody(call, request);
  return request;
}

Result<PreparedApiCall> prepare(const std::shared_ptr<const ClientState>& client, const http::ApiCall& call) {
  const Result<std::string> target = http::detail::targetOf(call);
  ApiReading reading(client, http::detail::nameOf(call));
  if (!target) return reading.inCall(target.error());
  Exchange exchange{requestOf(*client, call, *target),
                    call.operation.empty() ? operations::call : std::string_view(call.operation), call.maxResponse};
  reading.arrangeRepeats(http::detail::repeatOf(call), exchange);
  return PreparedApiCall{std::move(exchange), std::move(reading)};
}

}  // namespace

Result<http::ApiResponse> perform(const std::shared_ptr<const ClientState>& client, const http::ApiCall& call,
                                  std::optional<Deadline> deadline) {
  requireTransport(*client);
  Result<PreparedApiCall> prepared = prepare(client, call);
  if (!prepared) return std::move(prepared).error();
  const ResponseReading reading{std::move(prepared->reading)};
  return reading(perform(*client, std::move(prepared->exchange), deadline));
}

void start(const std::shared_ptr<const ClientState>& client, const http::ApiCall& call,
           Callback<Result<http::ApiResponse>> done, const AsyncOptions& options) {
  requireTransport(*client);
  http::detail::Delivery<Result<http::ApiResponse>> delivery(std::move(done), options.executor);
  Result<PreparedApiCall> prepared = prepare(client, call);
  if (!prepared) return delivery.later(client->transport.get(), std::move(prepared).error());
  ResponseReading reading{std::move(prepared->reading)};
  start(*client, std::move(prepared->exchange), options, completionOf(std::move(reading), std::move(delivery)));
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
