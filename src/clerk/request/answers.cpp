#include "clerk/request/answers.hpp"

#include <memory>
#include <utility>

#include "ascii.hpp"
#include "clerk/request/state.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using State = RequestState::State;

State refused(AuthStatus status, Refusal refusal, Headers headers) {
  State state;
  state.status = status;
  state.reason = std::move(refusal.reason);
  state.message = std::move(refusal.message);
  state.error = std::move(refusal.error);
  state.headers = std::move(headers);
  const bool isSayable = !state.message.empty() && ascii::isPrintable(state.message);
  if (isSayable) state.headers.push_back({"X-Clerk-Auth-Message", state.message});
  state.headers.push_back({"X-Clerk-Auth-Reason", state.reason});
  state.headers.push_back({"X-Clerk-Auth-Status", std::string(name(status))});
  return state;
}

RequestState made(State state) { return RequestState(std::make_shared<const State>(std::move(state))); }

}  // namespace

RequestState signedIn(const SessionClaims& claims, bool treatPendingAsSignedOut, Headers headers) {
  State state;
  state.status = AuthStatus::signedIn;
  state.headers = std::move(headers);
  state.claims = claims;
  state.auth = Auth(claims, treatPendingAsSignedOut);
  return made(std::move(state));
}

RequestState signedIn(MachineToken token) {
  State state;
  state.status = AuthStatus::signedIn;
  state.tokenType = token.type;
  state.machineToken = std::move(token);
  return made(std::move(state));
}

RequestState signedOut(Refusal refusal, Headers headers, std::optional<TokenType> tokenType) {
  State state = refused(AuthStatus::signedOut, std::move(refusal), std::move(headers));
  state.tokenType = tokenType;
  return made(std::move(state));
}

RequestState handshake(Refusal refusal, Headers headers) {
  return made(refused(AuthStatus::handshake, std::move(refusal), std::move(headers)));
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
