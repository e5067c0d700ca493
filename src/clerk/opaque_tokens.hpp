/// Machine tokens that are opaque: verified by Clerk's Backend API.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/claims_validator.hpp"
#include "core/outage_log.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

struct OpaqueKind {
  TokenType type;
  /// What the tokens begin with.
  std::string_view prefix;
  /// Where they are verified, behind the URL of the API. There is no version in it.
  std::string_view path;
  /// The member of the request that holds the token.
  std::string_view member;
  /// `object` in the answer.
  std::string_view object;
  /// What is told when there is no such token.
  std::string_view notFound;
};

/// Null when the token is none of these.
const OpaqueKind* findOpaqueKind(std::string_view token) noexcept;

/// Reads an answer of the status 200, which Clerk gives for revoked and for expired tokens, too: they are
/// `Errc::tokenRejected` and `Errc::expired`, the latter also when the expiration is not later than `now`.
/// `Errc::upstream` for anything that is not, in all its members, an answer about a token of that kind.
/// An OAuth token must be for an audience of the rules, where they have any.
Result<MachineToken> readMachineToken(const OpaqueKind& kind, std::string_view body, const ClaimsValidator& validator,
                                      std::chrono::system_clock::time_point now);

/// One request a token, as Clerk's SDK does: neither repeated nor remembered, so that a revoked token is refused at
/// once. Thread-safe.
class OpaqueTokenVerifier {
 public:
  /// The options are checked already.
  OpaqueTokenVerifier(const RequestAuthenticatorOptions& options, std::shared_ptr<http::Transport> transport);

  /// `Errc::tokenRejected` for a token that Clerk does not know, and for one that cannot be one, about which it is not
  /// asked. `Errc::keysUnavailable` without a secret key. See also `readMachineToken()`.
  Result<MachineToken> verify(const OpaqueKind& kind, std::string_view token, const ClaimsValidator& validator,
                              const Clock& clock, Deadline deadline) const;

 private:
  /// Whether tokens of that type are asked about with the machine's secret key.
  bool hasOwnKey(TokenType type) const noexcept;
  const Secret& keyFor(TokenType type) const noexcept;
  Error failed(const http::Response& answer, TokenType type, const Clock& clock) const;

  std::string apiUrl_;
  Secret secretKey_;
  Secret machineSecretKey_;
  std::shared_ptr<http::Transport> transport_;
  std::unique_ptr<OutageLog> outage_;
};

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
