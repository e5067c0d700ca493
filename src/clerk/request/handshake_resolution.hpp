/// A browser that comes back from Clerk.
#pragma once

#include <optional>

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct HandshakeOutcome {
  /// nullopt: there is no handshake, or it leads nowhere; the cookies decide.
  std::optional<RequestState> answer = {};
  /// Why a nonce leads nowhere: `Errc::notFound` where Clerk refuses it, else it may be good.
  std::optional<Error> failure = {};
};

/// Why a request with such a nonce is signed out, where its cookies do not tell.
Refusal refusalOfNonce(const Error& failure);

/// Clerk sends browsers back to the page they came from. What another request brings is a left-over, and not looked at.
HandshakeOutcome resolveHandshake(const RequestContext& context);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
