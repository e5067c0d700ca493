/// Opaque machine tokens, which Clerk's Backend API verifies.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "clerk/claims_validator.hpp"
#include "core/event_sink.hpp"
#include "core/logging.hpp"
#include "http/parked_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// How tokens of one type are verified.
struct OpaqueKind {
  TokenType type;
  /// One of `operations`.
  std::string_view operation;
  /// The prefix of the tokens.
  std::string_view prefix;
  /// The path of the endpoint, to be appended to the URL of the API. It contains no version.
  std::string_view path;
  /// The member of the request that contains the token.
  std::string_view member;
  /// The value of `object` in the response.
  std::string_view object;
  /// The message if there is no such token.
  std::string_view notFound;
};

/// Null for other tokens.
const OpaqueKind* findOpaqueKind(std::string_view token) noexcept;

/// Reads a response with the status 200, which Clerk sends for revoked and expired tokens, too: they are
/// `Errc::tokenRejected` and `Errc::expired`, the latter also if the expiration is not later than `now`.
/// `Errc::upstream` unless all members are those of a response about a token of that kind. An OAuth token must be for
/// an audience that the validator accepts.
Result<MachineToken> readMachineToken(const OpaqueKind& kind, std::string_view body, const ClaimsValidator& validator,
                                      std::chrono::system_clock::time_point now);

/// Verifies each token with one request, as Clerk's SDK does: neither repeated nor cached, so that a revoked token is
/// rejected at once. Thread-safe.
class OpaqueTokenVerifier {
 public:
  /// The options must have been checked.
  OpaqueTokenVerifier(const RequestAuthenticatorOptions& options, std::shared_ptr<http::Transport> transport,
                      liveblocks::detail::EventSinkPointer events = {});

  /// `Errc::tokenRejected` for a token that Clerk does not know, and without a request for a token with characters that
  /// no such token has. `Errc::keysUnavailable` without a secret key. See also `readMachineToken()`.
  Result<MachineToken> verify(const OpaqueKind& kind, std::string_view token, const ClaimsValidator& validator,
                              const Clock& clock, Deadline deadline) const;

  /// Why no request is sent, if none is.
  std::optional<Error> obstacle(const OpaqueKind& kind, std::string_view token, Deadline deadline) const;

  /// Sends the request without blocking, as `http::detail::startWithRetry()`. There must be no obstacle.
  void start(const OpaqueKind& kind, std::string_view token, const http::detail::AsyncWait& wait,
             http::Transport::Completion done) const;

  /// Reads what `start()` ends with.
  Result<MachineToken> read(const OpaqueKind& kind, const Result<http::Response>& response,
                            const ClaimsValidator& validator, const Clock& clock) const;

 private:
  http::Request requestFor(const OpaqueKind& kind, std::string_view token) const;
  /// Whether tokens of that type are verified with the machine's secret key.
  bool hasOwnKey(TokenType type) const noexcept;
  const Secret& keyFor(TokenType type) const noexcept;
  Error failed(const http::Response& response, TokenType type, const Clock& clock) const;

  std::string apiUrl_;
  Secret secretKey_;
  Secret machineSecretKey_;
  std::shared_ptr<http::Transport> transport_;
  std::unique_ptr<logging::OutageLog> outage_;
  liveblocks::detail::EventSinkPointer events_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
