#include <liveblocks/clerk/request_state.hpp>

#include <utility>

#include "clerk/request/result.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

std::string_view name(AuthStatus status) noexcept {
  switch (status) {
    case AuthStatus::signedIn:
      return "signed-in";
    case AuthStatus::signedOut:
      return "signed-out";
    case AuthStatus::handshake:
      return "handshake";
  }
  return {};
}

RequestState::RequestState(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

AuthStatus RequestState::status() const noexcept { return state_->status; }

bool RequestState::isAuthenticated() const noexcept {
  return state_->auth.isAuthenticated() || state_->machineToken.has_value();
}

const std::string& RequestState::reason() const noexcept { return state_->reason; }

const std::string& RequestState::message() const noexcept { return state_->message; }

const std::optional<Error>& RequestState::error() const noexcept { return state_->error; }

const std::vector<http::Header>& RequestState::headers() const noexcept { return state_->headers; }

std::optional<http::Response> RequestState::redirect() const {
  for (const http::Header& header : state_->headers) {
    if (ascii::equalsIgnoringCase(header.name, "location")) return http::Response{307, state_->headers, {}};
  }
  return std::nullopt;
}

std::optional<TokenType> RequestState::tokenType() const noexcept { return state_->tokenType; }

const Auth& RequestState::auth() const noexcept { return state_->auth; }

Auth RequestState::auth(bool treatPendingAsSignedOut) const {
  return state_->claims ? Auth(*state_->claims, treatPendingAsSignedOut) : Auth();
}

const std::optional<MachineToken>& RequestState::machineToken() const noexcept { return state_->machineToken; }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
