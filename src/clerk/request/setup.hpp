/// The setup of an authenticator: its checked options, and what is derived from them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <liveblocks/clerk/request_authenticator.hpp>

#include "clerk/claims_validator.hpp"
#include "clerk/machine_token.hpp"
#include "clerk/opaque_tokens.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/session_verifier.hpp"
#include "core/logging.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

namespace detail {

/// The checked options of an authenticator, and what is derived from them. Immutable, thread-safe.
struct RequestSetup {
  /// Throws `std::invalid_argument` for an invalid option.
  RequestSetup(const KeySource::State& keys, const RequestAuthenticatorOptions& given,
               std::shared_ptr<http::Transport> givenTransport);

  bool isDevelopment() const noexcept { return instance && instance->kind == InstanceKind::development; }
  /// Whether `frontendUrl` is a path, to be appended to the origin of each request.
  bool hasPathAsProxy() const noexcept { return !frontendUrl.empty() && frontendUrl.front() == '/'; }
  /// Whether handshakes can be fetched from the Backend API.
  bool canUseBackend() const noexcept { return !options.secretKey.empty() && transport != nullptr; }
  std::string_view cookieSuffix() const noexcept { return instance ? instance->cookieSuffix : std::string_view(); }

  SessionVerifierOptions sessionOptions;
  RequestAuthenticatorOptions options;
  /// nullopt without a publishable key: then there are no sessions.
  std::optional<PublishableKey> instance;
  /// The host of the Frontend API: that of the satellite in production, else that of the instance.
  std::string frontendHost;
  /// The URL of the Frontend API for browsers: absolute, or a path of the application.
  std::string frontendUrl;
  /// The accepted issuers of sessions. A proxy that is a path of the application is accepted, too; its URL depends on
  /// the origin of each request.
  std::vector<std::string> acceptedIssuers;

  SessionTokenVerifier verifier;
  ClaimsValidator sessionClaims;
  /// For development, where the clock may be wrong by a day.
  ClaimsValidator clockTolerantClaims;
  ClaimsValidator machineClaims;
  std::shared_ptr<http::Transport> transport;
  OpaqueTokenVerifier opaqueTokens;
  std::unique_ptr<logging::OutageLog> handshakeOutage;
  /// For rejected handshakes. Separate, so that requests of strangers do not hide an outage.
  std::unique_ptr<logging::OutageLog> handshakeRefusals;
  MachineJwtVerifier machineJwts;
  /// For the hint that the public URL of a page is unknown.
  logging::Once unknownUrl;
  /// The state after an unexpected exception, made beforehand: memory may be what is missing.
  RequestState unexpectedError;
};

}  // namespace detail

struct RequestAuthenticator::State : detail::RequestSetup {
  using RequestSetup::RequestSetup;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
