#include "clerk/request/setup.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "clerk/instance.hpp"
#include "clerk/request/options_check.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Instance = std::optional<PublishableKey>;

std::string frontendHostOf(const AuthenticatorOptions& options, const Instance& instance) {
  if (!instance) return {};
  const bool hasOwn = options.isSatellite && !options.domain.empty() && instance->kind == InstanceKind::production;
  return hasOwn ? "clerk." + options.domain : instance->frontendApi;
}

std::string frontendUrlOf(const AuthenticatorOptions& options, const std::string& host) {
  if (!options.proxyUrl.empty()) return options.proxyUrl;
  return host.empty() ? std::string() : "https://" + host;
}

/// What `iss` may be. A proxy that is a path of the application stands behind the origin of each request.
std::vector<std::string> issuersOf(const AuthenticatorOptions& options, const Instance& instance,
                                   const KeyOrigin& origin, const std::string& frontendHost) {
  std::vector<std::string> issuers = chooseIssuers(options, instance, origin);
  if (!options.issuer.empty() || !instance) return issuers;
  if (frontendHost != instance->frontendApi) issuers.push_back("https://" + frontendHost);
  if (!options.proxyUrl.empty() && options.proxyUrl.front() != '/') issuers.push_back(options.proxyUrl);
  return issuers;
}

/// Pending sessions are told apart later.
SessionRules rulesFor(const VerifierOptions& given, std::vector<std::string> issuers,
                      std::chrono::milliseconds clockSkew) {
  VerifierOptions options = given;
  options.treatPendingAsSignedOut = false;
  options.clockSkew = clockSkew;
  return SessionRules(options, std::move(issuers));
}

ClaimRules machineRulesFor(const VerifierOptions& given, const AcceptedIssuers& issuers) {
  VerifierOptions options = given;
  options.authorizedParties.clear();
  return ClaimRules(options, issuers.values());
}

}  // namespace

RequestSetup::RequestSetup(const KeyOrigin& origin, const AuthenticatorOptions& given,
                           std::shared_ptr<http::Transport> carrier)
    : options(checkedOptions(given, readInstance(given))),
      instance(readInstance(options)),
      frontendHost(frontendHostOf(options, instance)),
      frontendUrl(frontendUrlOf(options, frontendHost)),
      judge(origin, options),
      rules(rulesFor(options, issuersOf(options, instance, origin, frontendHost), options.clockSkew)),
      clockTolerantRules(rulesFor(options, issuersOf(options, instance, origin, frontendHost), std::chrono::hours(24))),
      machineRules(machineRulesFor(options, options.machineIssuer)),
      transport(std::move(carrier)),
      opaqueTokens(options, transport),
      handshakeOutage(std::make_unique<OutageLog>(options.log, "handshakes can be resolved again", options.clock)),
      handshakeRefusals(std::make_unique<OutageLog>(options.log, "a handshake was accepted", options.clock)) {}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
