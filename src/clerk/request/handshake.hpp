/// Handshakes: redirecting a browser to Clerk, and reading what it brings back.
#pragma once

#include <optional>
#include <string>

#include "clerk/request/context.hpp"
#include "clerk/request_state.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

struct HandshakeResult {
  /// nullopt if there is no handshake, or if it could not be resolved: the cookies decide.
  std::optional<RequestState> state = {};
  /// Why a nonce could not be resolved: `Errc::notFound` if Clerk rejects it; else it may be valid.
  std::optional<Error> error = {};
};

/// The failure of a request whose nonce could not be resolved, and whose cookies give no other reason.
AuthFailure nonceFailure(const Error& error);

/// Resolves the handshake of a request for a page: Clerk redirects browsers back to the page that they came from. For
/// other requests a handshake is stale, and ignored.
HandshakeResult resolveHandshake(const RequestContext& context);

/// Starts a handshake: a redirect to the Frontend API, which updates the cookies. Signed out with the same reason if
/// the request is not for a page, if its public URL is unknown, and if the browser has been redirected three times in a
/// row.
RequestState startHandshake(const RequestContext& context, AuthFailure failure);

/// As `startHandshake()`, with a redirect to `location`. Signed out if that is empty.
RequestState redirectOrSignedOut(const RequestContext& context, AuthFailure failure, const std::string& location);

/// How often the browser has been redirected in the last seconds, according to its cookie.
int redirectCount(const RequestContext& context);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
