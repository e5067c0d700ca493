/// @file
/// Run-time failures, as values. Misuse and invalid configuration throw instead.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Stable error codes. Values are never reused or renumbered; new ones are appended.
///
/// They convert to `std::error_code` in `errorCategory()`.
enum class Errc {
  noToken = 1,           ///< No session token, or one of a user whom Clerk does not know.
  malformed,             ///< The token is not a compact JWS (RFC 7515 section 7.1), or a document has the wrong shape.
  unsupportedAlgorithm,  ///< The token's `alg` is not RS256.
  unknownKey,            ///< No trusted key has the token's `kid`.
  badSignature,          ///< The signature does not verify.
  expired,               ///< `exp` has passed (RFC 7519 section 4.1.4).
  notYetValid,           ///< `nbf` lies in the future (RFC 7519 section 4.1.5).
  wrongIssuer,           ///< `iss` is not the expected issuer.
  unauthorizedParty,     ///< `azp` is missing or not an authorized party.
  badClaim,              ///< A required claim is missing, or a registered claim has the wrong type or range.
  keysUnavailable,       ///< The verification keys could not be fetched.
  timeout,               ///< The deadline passed.
  resolve,               ///< The host name did not resolve.
  connect,               ///< The connection could not be made.
  tls,                   ///< The TLS handshake failed, or the certificate is not trusted.
  reset,                 ///< The connection broke before the whole response was received.
  tooLarge,              ///< The response is larger than the caller allows.
  upstream,              ///< The server sent an error, or an unparseable response.
  notFound,              ///< The server does not know the requested resource.
  asyncUnsupported,      ///< An asynchronous call has to use the network, and the transport can only block.
  tokenTooLarge,         ///< The token is larger than 16 KiB, or `AccessToken::maxSize`.
  badEncoding,           ///< A part of the token is not canonical base64url (RFC 7515 section 2).
  badJson,               ///< A part of the token is not one strict JSON object.
  criticalHeader,     ///< The token's header requires an extension (`crit`, `b64`; RFC 7515 section 4.1.11, RFC 7797).
  wrongType,          ///< The token's `typ` is not that of its kind: `JWT`, or `at+jwt` for an OAuth token.
  wrongCategory,      ///< The token is of another kind than expected, for example by its `cat` or its `sub`.
  issuedInFuture,     ///< `iat` lies in the future.
  wrongAudience,      ///< `aud` does not name an expected audience.
  inactiveSession,    ///< The session is pending or in an unknown state.
  secretKeyRejected,  ///< The server rejected the secret key.
  cancelled,          ///< The call was cancelled, or its transport or loop ended.
  invalidRequest,     ///< The request is invalid (URL, header, body or argument).
  internal,           ///< A failure inside this process: out of memory, or a failure of the crypto library.
  tokenRejected,      ///< The token's issuer does not know it, or has revoked it.
  conflict,           ///< The resource exists already, or a webhook claim now belongs to another holder.
  badWebhookSignature,  ///< No signature of the webhook was made with one of the configured secrets.
  webhookTooOld,        ///< The timestamp of the webhook is too old.
  webhookTooNew,        ///< The timestamp of the webhook lies in the future.
  badWebhookJson,       ///< The body of the webhook is not one strict JSON object.
  badWebhookEvent,      ///< The body of the webhook is JSON, but does not have the members of its event.
};

/// The classes of errors that a server distinguishes, each with the HTTP status to respond with. `Error::kind()`
/// returns the class of a code:
///
/// | kind | codes |
/// |---|---|
/// | `invalid` | `invalidRequest`, `badWebhookSignature`, `badWebhookJson`, `badWebhookEvent` |
/// | `invalid`, by the time of a webhook | `webhookTooOld`, `webhookTooNew` |
/// | `notFound` | `notFound` |
/// | `conflict` | `conflict` |
/// | `unavailable` | `keysUnavailable`, `secretKeyRejected`, `upstream`, `internal`, `cancelled`, `asyncUnsupported` |
/// | `unavailable`, without a usable response | `timeout`, `resolve`, `connect`, `tls`, `reset`, `tooLarge` |
/// | `unauthenticated` | all others: those of tokens |
enum class ErrorKind {
  unauthenticated,  ///< 401: the credential is absent or invalid. Repeating the request does not help.
  unavailable,      ///< 503: a required service could not be reached. The credential may be valid.
  notFound,         ///< 404: the resource does not exist.
  invalid,          ///< 400: the request itself is invalid.
  conflict,         ///< 409: the resource exists already, or a webhook claim now belongs to another holder.
};

/// The name of a code in snake case, such as `keys_unavailable`: stable, for labels of metrics. Thread-safe.
LIVEBLOCKS_EXPORT std::string_view name(Errc code) noexcept;

/// The category of `Errc`, named "liveblocks". Thread-safe.
LIVEBLOCKS_EXPORT const std::error_category& errorCategory() noexcept;

/// Found by argument-dependent lookup when an `Errc` becomes a `std::error_code`.
inline std::error_code make_error_code(Errc code) noexcept { return {static_cast<int>(code), errorCategory()}; }

/// A server's description of a failure, in its own words: for operators, not for browsers. Members that the server did
/// not send are empty.
struct ErrorInfo {
  /// The name of the failure, such as `ROOM_NOT_FOUND`.
  std::string code;
  /// What went wrong.
  std::string message;
  /// The reason, in more detail.
  std::string reason;
  /// Suggestions and links, one a line.
  std::string details;
  /// Identifies the request when asking the vendor about it.
  std::string requestId;

  /// @{
  /// Compares every member.
  friend bool operator==(const ErrorInfo& left, const ErrorInfo& right) noexcept {
    return left.code == right.code && left.message == right.message && left.reason == right.reason &&
           left.details == right.details && left.requestId == right.requestId;
  }
  friend bool operator!=(const ErrorInfo& left, const ErrorInfo& right) noexcept { return !(left == right); }
  /// @}
};

/// A run-time failure.
struct LIVEBLOCKS_EXPORT Error {
  /// The reason, for programs.
  Errc code = Errc::internal;
  /// The reason, for logs. Never holds a token, a key or a header value.
  std::string message;
  /// The HTTP status of the server's response; 0 when there was none.
  int upstreamStatus = 0;
  /// How long the server asks to wait before the next attempt.
  std::optional<std::chrono::seconds> retryAfter = {};
  /// The server's own description; null when it sent none, and for servers whose error responses are not parsed.
  std::shared_ptr<const ErrorInfo> info = {};

  /// The class of `code`, as in the table of `ErrorKind`. Thread-safe.
  [[nodiscard]] ErrorKind kind() const noexcept;
};

/// @{
/// Compares every member, `info` by its content.
LIVEBLOCKS_EXPORT bool operator==(const Error& left, const Error& right) noexcept;
inline bool operator!=(const Error& left, const Error& right) noexcept { return !(left == right); }
/// @}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks

template <>
struct std::is_error_code_enum<liveblocks::Errc> : std::true_type {};
