#include <liveblocks/clerk/request_authenticator.hpp>

#include <new>
#include <utility>

#include "clerk/key_source.hpp"
#include "clerk/request/flows.hpp"
#include "clerk/request/result.hpp"
#include "clerk/request/setup.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::chrono::seconds defaultTimeout{5};

RequestState authenticateRequest(const RequestContext& context, const http::RequestView& request) {
  const AuthenticatorOptions& options = context.setup().options;
  if (const auto& credential = context.received().credential) return authenticateByHeader(context, *credential);
  const TokenType* const only = options.acceptsToken.only();
  if (only != nullptr && *only != TokenType::sessionToken) return withoutMachineToken(*only);
  if (!options.acceptsToken.accepts(TokenType::sessionToken)) return signedOut(typeMismatch(), {}, std::nullopt);
  if (options.cookiePolicy == CookiePolicy::sessionOnly) return authenticateBySessionCookie(context, request);
  return authenticateByCookies(context);
}

}  // namespace

RequestAuthenticator::RequestAuthenticator(const KeySource& keys, const AuthenticatorOptions& options,
                                           std::shared_ptr<http::Transport> transport)
    : state_(std::make_shared<const State>(keys.state_->origin, options, std::move(transport))) {}

RequestState RequestAuthenticator::authenticate(const http::RequestView& request,
                                                std::optional<Deadline> deadline) const {
  // Held, so that destroying the authenticator while another thread waits for keys does no harm.
  const auto state = state_;
  const Deadline end = deadline.value_or(std::chrono::steady_clock::now() + defaultTimeout);
  try {
    return authenticateRequest({*state, request, end}, request);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    return signedOut({"unexpected-error", {}, Error{Errc::internal, {}}});
  }
}

std::optional<Error> RequestAuthenticator::refreshKeys(std::optional<Deadline> deadline) const {
  const auto state = state_;
  try {
    return state->judge.keys().refresh(deadline.value_or(std::chrono::steady_clock::now() + defaultTimeout));
  } catch (...) {
    return Error{Errc::internal, {}};
  }
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
