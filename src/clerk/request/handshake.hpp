/// Handshakes: sending a browser to Clerk and back, and what it brings then.
#pragma once

#include <optional>
#include <string>

#include "clerk/request/context.hpp"
#include "clerk/request/result.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

struct HandshakeOutcome {
  /// nullopt: there is no handshake, or it leads nowhere; the cookies decide.
  std::optional<RequestState> answer = {};
  /// Why a nonce leads nowhere: `Errc::notFound` where Clerk refuses it, else it may be good.
  std::optional<Error> failure = {};
};

/// Why a request with such a nonce is signed out, where its cookies do not tell.
AuthFailure nonceFailure(const Error& failure);

/// Clerk sends browsers back to the page they came from. What another request brings is a left-over, and not looked at.
HandshakeOutcome resolveHandshake(const RequestContext& context);

/// To the Frontend API, which brings the cookies up to date. Signed out for the same reason where the request is not
/// for a document, where its public URL is unknown, and where the browser has been sent three times in a row.
RequestState handshakeOrSignedOut(const RequestContext& context, AuthFailure failure);

/// Likewise to another place. Empty: signed out.
RequestState redirectOrSignedOut(const RequestContext& context, AuthFailure failure, const std::string& location);

/// How often the browser has been sent in the last seconds, as its cookie says.
int redirectCount(const RequestContext& context);

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
