/// The states that a request can end in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/request_state.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Why a request is not signed in.
struct Refusal {
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
RequestState signedOut(Refusal refusal, Headers headers = {},
                       std::optional<TokenType> tokenType = TokenType::sessionToken);

/// The same, with a message where it has none.
RequestState explained(const RequestState& state, const std::string& message);

/// `headers` hold the `Location`.
RequestState handshake(Refusal refusal, Headers headers);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
