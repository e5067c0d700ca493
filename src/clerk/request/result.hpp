/// The outcomes of a request, and their reasons in the words of Clerk's SDK.
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

/// Why a request is not signed in.
struct AuthFailure {
  /// One of Clerk's words.
  std::string reason;
  /// Plain ASCII, without anything of the request's or the configuration's.
  std::string message = {};
  std::optional<Error> error = {};
  /// The message for logs alone, where that may say more; empty: the same.
  std::string detail = {};
};

using Headers = std::vector<http::Header>;

RequestState signedIn(const SessionClaims& claims, bool treatPendingAsSignedOut, Headers headers = {});
RequestState signedIn(MachineToken token);

/// `headers` come before those that tell the reason. `tokenType`: see `RequestState::tokenType()`.
RequestState signedOut(AuthFailure failure, Headers headers = {},
                       std::optional<TokenType> tokenType = TokenType::sessionToken);

/// The same, with a message where it has none.
RequestState explained(const RequestState& state, const std::string& message);

/// `headers` hold the `Location`.
RequestState handshake(AuthFailure failure, Headers headers);

struct VerificationOutcome {
  /// An error that stands first in the order of Clerk's SDK: the token cannot be read, it is of another kind, the rest.
  Result<SessionClaims> claims;
  /// Where it was refused, and can be read.
  std::unique_ptr<const UnverifiedToken> refused = {};
  /// Of a token that cannot be read.
  bool hasThreeParts = false;

  /// Not at the right time: a fresh one may be accepted.
  bool isUntimely() const noexcept;
};

VerificationOutcome verifySession(const RequestContext& context, const ClaimsValidator& rules, std::string_view token,
                                  SessionToken::Carrier carrier);

/// Of a outcome that refuses.
AuthFailure failureOf(const VerificationOutcome& outcome, const RequestContext& context, SessionToken::Carrier carrier);

/// Why a token that can be read is refused, in the words of Clerk's SDK; where those repeat what stands in the token,
/// in our own.
std::string explain(const Error& error, const UnverifiedToken& token, std::chrono::system_clock::time_point now);

/// Whether the message of an error with that code repeats claims of a token: it is for the log, not for headers.
bool quotesClaims(Errc code) noexcept;

/// The word of Clerk's SDK for what is wrong with a token.
std::string_view tokenReason(Errc code) noexcept;

/// @{
/// Of a token that is of a kind that is not accepted.
Error otherKind();
AuthFailure typeMismatch();
/// @}

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
