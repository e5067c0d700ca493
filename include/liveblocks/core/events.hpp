/// @file
/// What the library does, as data: for metrics and traces, without a dependency. See docs/observability.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The names of the operations in events. They are stable; new ones may be added. Calls of endpoints have further
/// names: `http::ApiCall::operation`.
namespace operations {

/// @{
/// Requests to the API of Liveblocks.
inline constexpr std::string_view authorize = "liveblocks.authorize";
inline constexpr std::string_view identify = "liveblocks.identify";
inline constexpr std::string_view listRooms = "liveblocks.rooms.list";
inline constexpr std::string_view createRoom = "liveblocks.rooms.create";
inline constexpr std::string_view getOrCreateRoom = "liveblocks.rooms.get_or_create";
inline constexpr std::string_view getRoom = "liveblocks.rooms.get";
inline constexpr std::string_view updateRoom = "liveblocks.rooms.update";
inline constexpr std::string_view upsertRoom = "liveblocks.rooms.upsert";
inline constexpr std::string_view deleteRoom = "liveblocks.rooms.delete";
inline constexpr std::string_view updateRoomId = "liveblocks.rooms.update_id";
inline constexpr std::string_view prewarmRoom = "liveblocks.rooms.prewarm";
inline constexpr std::string_view activeUsers = "liveblocks.rooms.active_users";
inline constexpr std::string_view broadcastEvent = "liveblocks.rooms.broadcast_event";
/// `Liveblocks::call()`, for a call that names no operation of its own.
inline constexpr std::string_view call = "liveblocks.call";
/// @}
/// @{
/// Requests to Clerk: for verification keys, users, opaque machine tokens of each type, and the cookies of a handshake.
inline constexpr std::string_view jwks = "clerk.jwks";
inline constexpr std::string_view getUser = "clerk.users.get";
inline constexpr std::string_view verifyApiKey = "clerk.api_keys.verify";
inline constexpr std::string_view verifyM2mToken = "clerk.m2m_tokens.verify";
inline constexpr std::string_view verifyOauthToken = "clerk.oauth_tokens.verify";
inline constexpr std::string_view handshake = "clerk.handshake";
/// `clerk::Client::call()`, for a call that names no operation of its own.
inline constexpr std::string_view clerkCall = "clerk.call";
/// @}
/// @{
/// Verifications: of a session token by a `clerk::SessionVerifier`, and of a request by a `clerk::RequestAuthenticator`
/// or a `clerk::RouteGuard`.
inline constexpr std::string_view verifySession = "clerk.verify_session";
inline constexpr std::string_view authenticateRequest = "clerk.authenticate_request";
/// @}
/// @{
/// Webhooks: the verification of a signature, and the claim of an id.
inline constexpr std::string_view verifyWebhook = "webhooks.verify";
inline constexpr std::string_view claimWebhook = "webhooks.claim";
/// @}

}  // namespace operations

/// Callables that are told what happens, beside `Log`. Each may be empty; if all are, no clock is read for them.
///
/// They are called on whichever thread does the work, also on several at once; those of an asynchronous call mostly on
/// the thread of its loop, which they must not block. They are never called under a lock of the library, and may use
/// it; but one that is told of a request for keys or for a user must not wait for the same keys or user, which would be
/// for itself. What they throw is swallowed. The options that they are set in copy them.
///
/// No event holds a room id, a user id, a token, a key or a URL: apart from the numbers all values are names from
/// finite sets, and the address of a configured server. Views are valid during the call.
///
/// The comments give the name of each value in OpenTelemetry's semantic conventions for HTTP clients.
/// https://opentelemetry.io/docs/specs/semconv/http/
struct Events {
  /// An attempt to send a request and to receive the response. A call that is repeated makes several attempts.
  struct LIVEBLOCKS_EXPORT Exchange {
    /// One of `operations`.
    std::string_view operation = {};
    /// `http.request.method`
    std::string_view method = {};
    /// `server.address`: a host of the configuration, without brackets around an IPv6 address.
    std::string_view serverAddress = {};
    /// `server.port`
    std::uint16_t serverPort = 0;
    /// `http.request.resend_count`: 0 for the first attempt.
    int resendCount = 0;
    /// `http.request.body.size`, in bytes.
    std::size_t requestBodySize = 0;

    /// @{
    /// Not set when an attempt begins.
    ///
    /// `http.response.status_code`; 0 if no response was received.
    int status = 0;
    /// `http.response.body.size`, in bytes, after decoding.
    std::size_t responseBodySize = 0;
    /// Why no response was received.
    std::optional<Errc> error = {};
    /// The value of `http.client.request.duration`, in seconds, by the steady clock. Waits between attempts belong to
    /// none.
    std::chrono::duration<double> duration{0};
    /// @}

    /// `error.type`: the name of `error`, else the status if it is 400 or more, else empty.
    std::string errorType() const;
  };

  /// Whatever a tracer needs to end what it began; may be null.
  using Span = std::shared_ptr<void>;

  /// The headers of trace propagation. Empty ones are not sent.
  struct TraceHeaders {
    /// https://www.w3.org/TR/trace-context/#traceparent-header
    std::string traceparent = {};
    /// Only sent with a `traceparent`. At most 512 bytes.
    std::string tracestate = {};
    /// At most 8192 bytes. The vendor can read it. https://www.w3.org/TR/baggage/
    std::string baggage = {};
  };

  /// Whether a token or a request was accepted. `authenticateLocally()` that has no result has no verification either.
  struct Verification {
    /// `operations::verifySession` or `operations::authenticateRequest`.
    std::string_view operation = {};
    /// `ok`, else the name of `error`. For a request also `handshake` (the browser is sent to Clerk), `signed_out` (it
    /// has no session) and `pending` (the session's user has tasks left).
    std::string_view outcome = {};
    /// The type of the token that was verified or is required, such as `session_token`; empty if unknown.
    std::string_view tokenType = {};
    /// Whether the token was found in the cache of verified tokens, and accepted.
    bool cached = false;
    /// Why it was not accepted.
    std::optional<Errc> error = {};
  };

  /// A look-up in a cache.
  struct CacheLookup {
    /// `jwks` (keys that were fetched), `token` (verified tokens) or `user`.
    std::string_view cache = {};
    /// `hit`, `miss`, or `stale`: a key that is older than intended was used, or a token in the cache was verified
    /// anew.
    std::string_view outcome = {};
  };

  /// A delivery.
  struct Webhook {
    /// `operations::verifyWebhook` or `operations::claimWebhook`.
    std::string_view operation = {};
    /// Of a verification: `verified`. Of a claim: `fresh`, `in_progress` or `done`. Else the name of `error`.
    std::string_view outcome = {};
    /// Why the delivery was refused, or could not be claimed.
    std::optional<Errc> error = {};
  };

  /// An attempt has ended.
  std::function<void(const Exchange&)> exchange = {};
  /// @{
  /// A pair for spans. `begin` is called before an attempt. If it returns, `end` is called exactly once with the same
  /// span: also when the attempt is cancelled, its transport is stopped or throws, or there is no memory. The two may
  /// be called on different threads.
  std::function<Span(const Exchange&)> begin = {};
  std::function<void(const Span&, const Exchange&)> end = {};
  /// @}
  /// Called between the two, on the thread of `begin` (without which the span is null): headers that are added to the
  /// request. A value that its specification does not allow is not sent, which is logged once.
  std::function<TraceHeaders(const Span&, const Exchange&)> propagate = {};
  /// A verification has ended.
  std::function<void(const Verification&)> verification = {};
  /// A look-up in a cache has ended.
  std::function<void(const CacheLookup&)> cacheLookup = {};
  /// A delivery was verified, or its id was claimed.
  std::function<void(const Webhook&)> webhook = {};
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
