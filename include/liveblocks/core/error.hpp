/// @file
/// What can go wrong at run time, as values. Misuse and bad configuration throw instead.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Stable error codes. Values are never reused or renumbered; new ones are appended.
///
/// They convert to `std::error_code` in `errorCategory()`.
enum class Errc {
  noToken = 1,           ///< The request carries no session token.
  malformed,             ///< The token is not a compact JWS (RFC 7515 section 7.1), or a document has the wrong shape.
  unsupportedAlgorithm,  ///< The token's `alg` is not RS256.
  unknownKey,            ///< No trusted key has the token's `kid`.
  badSignature,          ///< The signature does not verify.
  expired,               ///< `exp` has passed (RFC 7519 section 4.1.4), or a webhook is too old.
  notYetValid,           ///< `nbf` has not come yet (RFC 7519 section 4.1.5).
  wrongIssuer,           ///< `iss` is not the expected issuer.
  unauthorizedParty,     ///< `azp` is missing or not an authorized party.
  badClaim,              ///< A required claim is missing, or a registered claim has the wrong type or range.
  keysUnavailable,       ///< The verification keys could not be had.
  timeout,               ///< The deadline passed.
  resolve,               ///< The host name did not resolve.
  connect,               ///< The connection could not be made.
  tls,                   ///< The TLS handshake failed, or the certificate is not trusted.
  reset,                 ///< The connection broke before the whole answer had come.
  tooLarge,              ///< The answer is larger than the caller allows.
  upstream,              ///< The peer answered with an error, or with something that is no answer.
  notFound,              ///< The peer does not know the thing asked for.
  asyncUnsupported,      ///< The transport can only block.
  tokenTooLarge,         ///< The token is larger than 16 KiB, or `AccessToken::maxSize`.
  badEncoding,           ///< A part of the token is not canonical base64url (RFC 7515 section 2).
  badJson,               ///< A part of the token is not one strict JSON object.
  criticalHeader,     ///< The token's header asks for an extension (`crit`, `b64`; RFC 7515 section 4.1.11, RFC 7797).
  wrongType,          ///< The token's `typ` is not `JWT`.
  wrongCategory,      ///< The token is a machine or template token, not a session token.
  issuedInFuture,     ///< `iat` or the timestamp of a webhook lies in the future.
  wrongAudience,      ///< `aud` does not name an expected audience.
  inactiveSession,    ///< The session is pending or in an unknown state.
  secretKeyRejected,  ///< The peer refused our secret key.
  cancelled,          ///< `http::Call::cancelled` returned true.
  invalidRequest,     ///< The request cannot be sent or taken as it is (URL, header, body or argument).
  internal,           ///< A failure inside this process: out of memory, or the crypto library refused to work.
  tokenRejected,      ///< Who issued the token does not know it, or has revoked it.
  conflict,           ///< The thing to be made is there already.
};

/// What a host branches on.
enum class ErrorKind {
  unauthenticated,  ///< Answer 401: the credential is absent or bad. Repeating the request does not help.
  unavailable,      ///< Answer 503: something needed could not be reached. The credential may be good.
  notFound,         ///< Answer 404.
  invalid,          ///< Answer 400: the request itself is wrong.
  conflict,         ///< Answer 409.
};

/// The category of `Errc`, named "liveblocks". Thread-safe.
LIVEBLOCKS_EXPORT const std::error_category& errorCategory() noexcept;

/// Found by argument-dependent lookup when an `Errc` becomes a `std::error_code`.
inline std::error_code make_error_code(Errc code) noexcept { return {static_cast<int>(code), errorCategory()}; }

/// What a peer said about a failure, in its own words: for operators, not for browsers. Empty is what it did not say.
struct ErrorInfo {
  /// A name for the failure, such as `ROOM_NOT_FOUND`.
  std::string code;
  /// What went wrong.
  std::string message;
  /// Why, in more detail.
  std::string reason;
  /// What may help: suggestions and links, a line each.
  std::string details;
  /// Names the exchange when asking the vendor about it.
  std::string requestId;
};

/// A run-time failure. `message` is for logs and never holds a token, a key or a header value.
struct LIVEBLOCKS_EXPORT Error {
  /// Why, for programs.
  Errc code;
  /// Why, for people who read logs.
  std::string message;
  /// The HTTP status of the peer's answer; 0 when there was none.
  int upstreamStatus = 0;
  /// How long the peer asks to wait before the next try.
  std::optional<std::chrono::seconds> retryAfter = {};
  /// What the peer said; null when it said nothing, and for peers whose answers are not read.
  std::shared_ptr<const ErrorInfo> info = {};

  /// The class of `code`. Thread-safe.
  ErrorKind kind() const noexcept;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks

template <>
struct std::is_error_code_enum<liveblocks::Errc> : std::true_type {};
