/// Which claims make a session that may be trusted.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/session_token.hpp>
#include <liveblocks/clerk/session_verifier.hpp>

#include "clerk/session_content.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// When and where a token turned up.
struct SessionCircumstances {
  std::chrono::system_clock::time_point now;
  SessionToken::Carrier carrier;
  /// Accepted beside the issuers of the rules; empty: none.
  std::string_view furtherIssuer = {};
};

/// Judges the claims of a token whose signature is good, in the order of Clerk's SDK: `sub`, `aud`, `azp`, `exp`,
/// `nbf`, `iat`. What that SDK does not look at stands around them: `iss` behind `sub`, for a token of another instance
/// is none of our business; `sid`, `sts` and the rest at the end. Immutable.
class SessionRules {
 public:
  /// `issuers`: those accepted; none accepts all.
  SessionRules(const VerifierOptions& options, std::vector<std::string> issuers);

  /// Reads the claims into `session`. The first thing wrong with them, if any.
  std::optional<Error> read(SessionContent& session, const SessionCircumstances& circumstances) const;

 private:
  using Problem = std::optional<Error>;

  Problem readIssuer(SessionContent& session, std::string_view furtherIssuer) const;
  Problem checkAudience(const SessionContent& session) const;
  Problem readParty(SessionContent& session, SessionToken::Carrier carrier) const;
  Problem readTimes(SessionContent& session, std::chrono::system_clock::time_point now) const;
  Problem readStatus(SessionContent& session) const;

  std::vector<std::string> parties_;
  MissingParty missingParty_;
  std::vector<std::string> audience_;
  std::vector<std::string> issuers_;
  std::chrono::milliseconds skew_;
  bool acceptPending_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
