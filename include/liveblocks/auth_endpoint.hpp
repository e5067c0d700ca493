/// @file
/// The auth endpoint of a Liveblocks application; only the decision is left to the application.
/// https://liveblocks.io/docs/authentication/access-token, https://liveblocks.io/docs/authentication/id-token
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include <liveblocks/auth_endpoint/clerk_identity.hpp>
#include <liveblocks/auth_endpoint/decision.hpp>
#include <liveblocks/auth_endpoint/identify.hpp>
#include <liveblocks/auth_endpoint/request.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/liveblocks.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The options of an `AuthEndpoint`.
struct AuthEndpointOptions {
  /// The time limit of one request. The browser client gives up after 10 s. More than 0, at most 24 h.
  std::chrono::milliseconds timeout{8000};
  /// The size limit of the body, in bytes; a larger request gets a 413.
  std::size_t maxBody = std::size_t{64} << 10;
  /// Receives diagnostics. Never send them to clients. A failure that concerns every request, such as an outage of
  /// Liveblocks, is logged when it begins, once a minute with the number of failures, and when it ends.
  Log log = {};
  /// Measures that minute (`Clock::steady()`). Null: the system's clock.
  std::shared_ptr<const Clock> clock = {};
};

/// Turns a request into a response, for any web server. Cheap to copy, thread-safe.
class LIVEBLOCKS_EXPORT AuthEndpoint {
 public:
  /// Throws `std::invalid_argument` when a callable is empty and for a timeout of 0 or of more than 24 h.
  AuthEndpoint(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options = {});

  /// An endpoint for ID tokens, which identify a user and grant nothing: permissions are kept with each room. There is
  /// nothing to decide, and every caller whom `identify` accepts gets a token. Throws as the constructor does.
  static AuthEndpoint withIdTokens(Liveblocks liveblocks, Identify identify, AuthEndpointOptions options = {});

  /// Responds to `POST {"room": "<id>", ...}` and `POST {...}` with a token or with the reason for a refusal; see
  /// docs/auth-endpoint.md for every status and body. Throws only `std::bad_alloc`: an exception of a callable or of
  /// the clock is logged and becomes a 500 that grants nothing.
  ///
  /// Returns by `deadline` or after `AuthEndpointOptions::timeout`, whichever is sooner. Pass the deadline of the
  /// request itself when it has waited for a thread. When it has passed, the response is a 503, and neither a callable
  /// nor a server is called.
  http::Response handle(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// The asynchronous twin: the same responses and log lines, and nothing blocks. Throws `std::invalid_argument` for an
  /// empty callback and `std::bad_alloc`; the endpoint may be destroyed before `done` is called.
  ///
  /// Call it on the thread of the loop: callables of a blocking form are called within this call or on that thread, and
  /// must not block there. A callable that has not called back by the deadline is a 503. After a cancellation the
  /// response, which nobody needs any more, is a 503 that is not logged. The transport of the `Liveblocks` client must
  /// be asynchronous, or the response is a 503.
  void handleAsync(http::ReceivedRequest request, Callback<http::Response> done,
                   const AsyncOptions& options = {}) const;

  /// `AuthEndpointOptions::maxBody`, for adapters that read the body themselves.
  std::size_t maxBody() const noexcept;

 private:
  explicit AuthEndpoint(std::shared_ptr<const detail::EndpointRules> rules) noexcept;

  std::shared_ptr<const detail::EndpointRules> rules_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
