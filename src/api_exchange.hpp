/// Exchanges with the Liveblocks REST API.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/permissions.hpp>

#include "core/errors.hpp"
#include "core/event_sink.hpp"
#include "http/delivery.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// What the copies of a `Liveblocks` client share.
struct ClientState {
  Secret secretKey;
  std::string baseUrl;
  /// Whether the base URL is that of a local dev server, so that a failure has a likely cause.
  bool localDevServer;
  bool allowInsecureHttp;
  std::chrono::milliseconds timeout;
  bool retry;
  Log log;
  /// May be null.
  EventSinkPointer events;
  std::shared_ptr<http::Transport> transport;
};

/// Throws `std::logic_error` when the client has no transport.
void requireTransport(const ClientState& client);

/// @{
/// Writes a JSON array of strings, which must be UTF-8.
std::string jsonList(const std::vector<std::string>& strings);
std::string jsonList(const Permissions& permissions);
/// @}

/// @{
/// Makes a request that is authorized by the secret key, with or without a JSON body. `path` begins with `/v2/` and may
/// have a query.
http::Request apiRequest(const ClientState& client, std::string_view method, std::string_view path);
http::Request apiRequest(const ClientState& client, std::string_view method, std::string_view path, std::string body);
/// @}

/// Returns `deadline`, or the end of the client's timeout from now.
Deadline deadlineOr(const ClientState& client, std::optional<Deadline> deadline);

/// A request, and how it is sent.
struct Exchange {
  http::Request request;
  /// One of `operations`, or that of a call. Must live until the exchange has been performed or started.
  std::string_view operation;
  /// The largest response that is accepted, in bytes.
  std::size_t maxResponse = std::size_t{1} << 20;
  /// As `http::Call::once`.
  bool once = false;
  http::detail::RetryPolicy policy = {};
};

/// Sends the request, repeats it as its policy says unless the client's options forbid that, and wipes it. An exception
/// of the transport becomes `Errc::internal`. The client must have a transport.
Result<http::Response> perform(const ClientState& client, Exchange exchange, std::optional<Deadline> deadline);

/// The asynchronous twin. `done` must not throw. Throws only `std::bad_alloc`, and does not call `done` then.
void start(const ClientState& client, Exchange exchange, const AsyncOptions& options, http::Transport::Completion done);

/// The completion that delivers what `reading` makes of the response, or `Reading::failed()` of an error if it throws.
template <class T, class Reading>
http::Transport::Completion completionOf(Reading reading, http::detail::Delivery<T> delivery) {
  return [reading = std::move(reading), delivery = std::move(delivery)](Result<http::Response> response) {
    delivery.of([&] { return reading(std::move(response)); }, [] { return Reading::failed(errors::internal()); });
  };
}

inline bool isSuccess(int status) noexcept { return status >= 200 && status < 300; }

/// Logs the warning that Liveblocks may send in a header. `name` names the call, such as `GET /v2/rooms`.
void logWarningHeader(const ClientState& client, const http::Response& response, std::string_view name);

/// A call that requests a token, without the body of its request.
struct TokenCall {
  /// Shared, so that the transport may destroy the last copy of the client during the call.
  std::shared_ptr<const ClientState> client;
  /// The path, such as `/v2/authorize-user`.
  std::string_view path;
  /// The name of the call in the body of a failure.
  std::string target;
  /// One of `operations`.
  std::string_view operation;

  http::Request request(std::string body) const;

  /// Maps the response. Credentials are redacted in the body of a refusal; a success keeps its body, unless that
  /// repeats the secret key, which makes it a failure.
  AuthResponse operator()(const Result<http::Response>& response) const;

  /// Sends the request and maps the response. The client must have a transport.
  AuthResponse perform(std::string body, std::optional<Deadline> deadline) const;
  /// The asynchronous twin.
  void start(std::string body, http::detail::Delivery<AuthResponse> delivery, const AsyncOptions& options) const;

  /// The outcome of a call whose response cannot be mapped.
  static AuthResponse failed(Error error) noexcept { return {503, {}, std::move(error)}; }

 private:
  AuthResponse withoutResponse(Error error) const;
};

/// `POST /v2/authorize-user`
TokenCall authorizeCall(std::shared_ptr<const ClientState> client);

/// `POST /v2/identify-user`
TokenCall identifyCall(std::shared_ptr<const ClientState> client);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
