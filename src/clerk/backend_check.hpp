/// Asking the Backend API about opaque machine tokens.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/claim_rules.hpp"
#include "clerk/opaque_kind.hpp"
#include "core/outage_log.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// One request a token, as Clerk's SDK does: neither repeated nor remembered, so that a revoked token is refused at
/// once. Thread-safe.
class BackendCheck {
 public:
  /// The options are checked already.
  BackendCheck(const AuthenticatorOptions& options, std::shared_ptr<http::Transport> transport);

  /// `Errc::tokenRejected` for a token that Clerk does not know, and for one that cannot be one, about which it is not
  /// asked. `Errc::keysUnavailable` without a secret key. See also `readMachineToken()`.
  Result<MachineToken> verify(const OpaqueKind& kind, std::string_view token, const ClaimRules& rules,
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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
