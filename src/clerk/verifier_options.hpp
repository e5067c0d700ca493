/// Validation of the options of a verifier.
#pragma once

#include <optional>
#include <string>

#include <liveblocks/clerk/session_verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// Returns the options in their normal form: without surrounding white space and quotes, with lists of origins split.
/// Throws `std::invalid_argument` with the option and the reason, without the value.
SessionVerifierOptions checkedVerifierOptions(SessionVerifierOptions options);

/// Throws `std::invalid_argument` with the option and its limits.
void checkKeyCacheOptions(const KeyCacheOptions& ages);

/// Throws `std::invalid_argument` with the option and its limits.
void checkTokenCacheOptions(const TokenCacheOptions& cache);

/// As `checkedVerifierOptions()`, for issuers alone. `option` is the name of the option.
AcceptedIssuers checkedIssuers(const std::string& option, const AcceptedIssuers& given);

/// Returns the deadline of a call: 5 s from now unless the caller set one.
Deadline callDeadline(std::optional<Deadline> given);

/// Copies the options for verifying sessions that `From` and `To` have in common.
template <class To, class From>
To copySessionOptions(const From& options) {
  To result;
  result.publishableKey = options.publishableKey;
  result.authorizedParties = options.authorizedParties;
  result.missingParty = options.missingParty;
  result.audience = options.audience;
  result.issuer = options.issuer;
  result.clockSkew = options.clockSkew;
  result.treatPendingAsSignedOut = options.treatPendingAsSignedOut;
  result.keyCache = options.keyCache;
  result.tokenCache = options.tokenCache;
  result.clock = options.clock;
  result.log = options.log;
  result.events = options.events;
  return result;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
