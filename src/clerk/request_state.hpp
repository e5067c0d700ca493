/// The inside of `RequestState`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/request_state.hpp>

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
  /// Of the session, pending or not.
  std::optional<SessionClaims> claims = {};
  Auth auth = {};
  std::optional<MachineToken> machineToken = {};
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
