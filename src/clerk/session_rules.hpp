/// Which claims make a session that may be trusted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/session_verifier.hpp>

#include "clerk/claim_rules.hpp"
#include "clerk/session_content.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Judges the claims of a session token: what all tokens must have, then what Clerk's SDK does not look at, `sid`,
/// `sts` and the rest. Immutable.
class SessionRules {
 public:
  /// `issuers`: those accepted; none accepts all.
  SessionRules(const VerifierOptions& options, std::vector<std::string> issuers);

  /// Reads the claims into `session`. The first thing wrong with them, if any.
  std::optional<Error> read(SessionContent& session, const SessionCircumstances& circumstances) const;

 private:
  using Problem = std::optional<Error>;

  Problem readStatus(SessionContent& session) const;

  ClaimRules rules_;
  bool acceptPending_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
