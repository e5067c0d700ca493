/// What an authenticator is made of.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <liveblocks/clerk/request_authenticator.hpp>

#include "clerk/claims_validator.hpp"
#include "clerk/machine_token.hpp"
#include "clerk/opaque_tokens.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/session_token_verifier.hpp"
#include "core/logging.hpp"
#include "core/outage_log.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

namespace detail {

class RequestContext;

/// The options of an authenticator, checked, and what follows from them. Immutable, thread-safe.
struct RequestSetup {
  /// Throws `std::invalid_argument` for an unusable option.
  RequestSetup(const KeySource::State& keys, const RequestAuthenticatorOptions& given,
               std::shared_ptr<http::Transport> givenTransport);

  bool isDevelopment() const noexcept { return instance && instance->kind == InstanceKind::development; }
  /// `frontendUrl` stands behind the origin of each request.
  bool hasPathAsProxy() const noexcept { return !frontendUrl.empty() && frontendUrl.front() == '/'; }
  /// Whether handshakes can be fetched from the Backend API.
  bool canUseBackend() const noexcept { return !options.secretKey.empty() && transport != nullptr; }
  std::string_view cookieSuffix() const noexcept { return instance ? instance->cookieSuffix : std::string_view(); }

  SessionVerifierOptions sessionOptions;
  RequestAuthenticatorOptions options;
  /// nullopt: no publishable key, and no sessions.
  std::optional<PublishableKey> instance;
  /// The host of the Frontend API: of a production satellite its own, else the instance's.
  std::string frontendHost;
  /// Where browsers reach the Frontend API: absolute, or a path of the application.
  std::string frontendUrl;
  /// What `iss` of sessions may be; a proxy that is a path of the application comes on top, with each request's origin.
  std::vector<std::string> acceptedIssuers;

  SessionTokenVerifier verifier;
  ClaimsValidator sessionClaims;
  /// For development, where the clock may be a day off.
  ClaimsValidator clockTolerantClaims;
  ClaimsValidator machineClaims;
  std::shared_ptr<http::Transport> transport;
  OpaqueTokenVerifier opaqueTokens;
  std::unique_ptr<OutageLog> handshakeOutage;
  /// Of handshakes that were refused. Apart, so that what strangers send hides no outage.
  std::unique_ptr<OutageLog> handshakeRefusals;
  MachineJwtVerifier machineJwts;
  /// That a page's public URL is unknown, and what to set.
  LogOnce unknownUrl;
};

}  // namespace detail

struct RequestAuthenticator::State : detail::RequestSetup {
  using RequestSetup::RequestSetup;

  /// `request` with the deadline, by default 5 s from now. Borrows both this and the request.
  detail::RequestContext contextOf(const http::RequestView& request, std::optional<Deadline> deadline) const;

  /// Throws nothing but `std::bad_alloc`. Other exceptions are logged.
  RequestState authenticate(const detail::RequestContext& context) const;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
