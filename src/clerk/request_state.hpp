/// The private part of `RequestState`, and the results of authenticating a request, with the reasons of Clerk's SDK.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/opaque_tokens.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/unverified_token.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct RequestState::State {
  AuthStatus status = AuthStatus::signedOut;
  std::string reason = {};
  std::string message = {};
  std::optional<Error> error = {};
  std::vector<http::Header> headers = {};
  std::optional<TokenType> tokenType = TokenType::sessionToken;
  /// The claims of the session, pending or not.
  std::optional<SessionClaims> claims = {};
  Auth auth = {};
  std::optional<MachineToken> machineToken = {};
};

namespace detail {

/// Why authentication failed.
struct AuthFailure {
  /// A reason of Clerk's SDK.
  std::string reason;
  /// Printable ASCII without data of the request or of the configuration.
  std::string message = {};
  std::optional<Error> error = {};
  /// A more detailed message, for logs only; empty if there is none.
  std::string detail = {};
};

using Headers = std::vector<http::Header>;

RequestState signedIn(const SessionClaims& claims, bool treatPendingAsSignedOut, Headers headers = {});
RequestState signedIn(MachineToken token);

/// The headers with the reason follow `headers`. For `tokenType` see `RequestState::tokenType()`.
RequestState signedOut(AuthFailure failure, Headers headers = {},
                       std::optional<TokenType> tokenType = TokenType::sessionToken);

/// Returns `state`, with `message` if it has none.
RequestState explained(const RequestState& state, const std::string& message);

/// `headers` must contain the `Location`.
RequestState handshake(AuthFailure failure, Headers headers);

/// The outcome of verifying a session token.
struct VerificationOutcome {
  /// The claims, or the first error in the order of Clerk's SDK: the token cannot be parsed, it is of another type, or
  /// its verification failed.
  Result<SessionClaims> claims;
  /// The token, if it was rejected and can be parsed.
  std::unique_ptr<const UnverifiedToken> rejected = {};
  /// Whether a token that cannot be parsed has three parts.
  bool hasThreeParts = false;

  /// Whether the token is expired or not valid yet: a new one may be accepted.
  bool isUntimely() const noexcept;
};

VerificationOutcome verifySession(const RequestContext& context, const ClaimsValidator& rules, std::string_view token,
                                  SessionToken::Carrier carrier);

/// The failure of an outcome without claims.
AuthFailure failureOf(const VerificationOutcome& outcome, const RequestContext& context, SessionToken::Carrier carrier);

/// The failure of an opaque token.
AuthFailure failureOf(const OpaqueKind& kind, const Error& error);

/// The failure of a machine JWT.
AuthFailure failureOf(const RequestContext& context, std::string_view token, const Error& error);

/// Why a token that can be parsed was rejected: the message of Clerk's SDK, or one of our own where the SDK's message
/// quotes the token.
std::string explain(const Error& error, const UnverifiedToken& token, std::chrono::system_clock::time_point now);

/// Whether messages of errors with that code quote claims of a token: they are for the log, not for headers.
bool quotesClaims(Errc code) noexcept;

/// The reason of Clerk's SDK for an error of a token.
std::string_view tokenReason(Errc code) noexcept;

/// @{
/// The error and the failure of a token whose type is not accepted.
Error otherKind();
AuthFailure typeMismatch();
/// @}

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
