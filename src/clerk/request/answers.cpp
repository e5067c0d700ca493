#include "clerk/request/answers.hpp"

#include <memory>
#include <utility>

#include "clerk/request_state.hpp"
#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using State = RequestState::State;

State refused(AuthStatus status, Refusal refusal, Headers headers) {
  State state;
  state.status = status;
  state.reason = std::move(refusal.reason);
  state.error = std::move(refusal.error);
  state.headers = std::move(headers);
  const bool isSayable = !refusal.message.empty() && ascii::isPrintable(refusal.message);
  if (isSayable) state.headers.push_back({"X-Clerk-Auth-Message", refusal.message});
  state.message = std::move(refusal.detail.empty() ? refusal.message : refusal.detail);
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

RequestState explained(const RequestState& state, const std::string& message) {
  if (!state.message().empty()) return state;
  State result;
  result.status = state.status();
  result.reason = state.reason();
  result.message = message;
  result.error = state.error();
  result.headers = state.headers();
  result.headers.push_back({"X-Clerk-Auth-Message", message});
  result.tokenType = state.tokenType();
  return made(std::move(result));
}

RequestState handshake(Refusal refusal, Headers headers) {
  return made(refused(AuthStatus::handshake, std::move(refusal), std::move(headers)));
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
