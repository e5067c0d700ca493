#include "clerk/request/setup.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>

#include "clerk/backend_api.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/request_state.hpp"
#include "clerk/verifier_options.hpp"
#include "core/errors.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using Instance = std::optional<PublishableKey>;

bool isPathCharacter(char c) noexcept { return ascii::isVisible(c) && c != '\\' && c != '?' && c != '#'; }

/// Whether it is a path of the application, which browsers do not take for another host.
bool isPath(std::string_view text) {
  return ascii::startsWith(text, "/") && !ascii::startsWith(text, "//") &&
         std::all_of(text.begin(), text.end(), isPathCharacter);
}

std::string withoutTrailingSlashes(std::string text) {
  text.erase(text.find_last_not_of('/') + 1);
  return text;
}

std::string checkedProxyUrl(const std::string& text) {
  if (isPath(text)) return withoutTrailingSlashes(text);
  if (ascii::startsWith(text, "/")) throw std::invalid_argument("proxyUrl is not a valid path");
  return http::detail::checkedBaseUrl("proxyUrl", text);
}

/// Reads a URL in which nothing follows the host and the port; nullopt for any other.
std::optional<http::detail::WebUrl> parseOrigin(const std::string& text) {
  auto url = http::detail::parseConfiguredUrl(text);
  if (!url || url->hasUserInfo() || url->hasQueryOrFragment()) return std::nullopt;
  const std::size_t host = text.find("://") + 3;
  if (text.find('/', host) != std::string::npos) return std::nullopt;
  return url;
}

/// Returns the origin as browsers write it: in lower case, without a default port.
std::string checkedOrigin(const std::string& text) {
  const auto url = parseOrigin(text);
  if (!url) {
    throw std::invalid_argument("publicOrigin must be an origin such as https://app.example.com, without a path");
  }
  return url->origin();
}

void checkDomain(const std::string& text) {
  if (!parseOrigin("https://clerk." + text)) {
    throw std::invalid_argument("domain must be a host such as app.example.org, without scheme and path");
  }
}

void checkSignInUrl(const std::string& text) {
  const auto url = http::detail::parseConfiguredUrl(text);
  if (!isPath(text.substr(0, text.find_first_of("?#"))) && (!url || url->hasUserInfo())) {
    throw std::invalid_argument("signInUrl must begin with https://, http:// or a single slash");
  }
}

void checkSatellite(const RequestAuthenticatorOptions& options, const Instance& instance) {
  if (options.domain.empty() && options.proxyUrl.empty()) {
    throw std::invalid_argument("a satellite needs domain or proxyUrl");
  }
  if (!instance || instance->kind == InstanceKind::production) return;
  const auto signIn = http::detail::parseConfiguredUrl(options.signInUrl);
  if (!signIn) {
    throw std::invalid_argument(
        "a satellite of a development instance needs signInUrl: an absolute URL of the primary");
  }
  if (!options.publicOrigin.empty() &&
      http::detail::parseConfiguredUrl(options.publicOrigin)->origin() == signIn->origin()) {
    throw std::invalid_argument("signInUrl of a satellite must have another origin than publicOrigin");
  }
}

/// Rejects test keys together with live keys: one of them was copied from the wrong page of the dashboard.
void checkKindOf(const Secret& secretKey, const Instance& instance) {
  if (!instance) return;
  const bool isDevelopment = instance->kind == InstanceKind::development;
  if (ascii::startsWith(secretKey.reveal(), isDevelopment ? "sk_live_" : "sk_test_")) {
    throw std::invalid_argument("secretKey and publishableKey are of different instances: one is for tests");
  }
}

/// Removes surrounding white space and quotes, and checks the keys.
void readPasted(RequestAuthenticatorOptions& options) {
  if (!options.secretKey.empty()) options.secretKey = checkedSecretKey(options.secretKey);
  if (!options.machineSecretKey.empty()) options.machineSecretKey = checkedMachineSecretKey(options.machineSecretKey);
  options.publicOrigin = std::string(pasted::read("publicOrigin", options.publicOrigin));
  options.domain = std::string(pasted::read("domain", options.domain));
  options.proxyUrl = std::string(pasted::read("proxyUrl", options.proxyUrl));
  options.signInUrl = std::string(pasted::read("signInUrl", options.signInUrl));
}

void checkPublishableKey(const RequestAuthenticatorOptions& options, const Instance& instance) {
  const AcceptedTokens& accepted = options.acceptsToken;
  const bool needed = accepted.accepts(TokenType::sessionToken) || accepted.accepts(TokenType::oauthToken);
  if (needed && !instance) throw std::invalid_argument("publishableKey is empty: set it to the pk_... key");
}

void checkApiKeys(const RequestAuthenticatorOptions& options) {
  const TokenType* const only = options.acceptsToken.only();
  if (only != nullptr && *only == TokenType::apiKey && options.secretKey.empty()) {
    throw std::invalid_argument("secretKey is empty: Clerk verifies API keys, the only accepted tokens, with it");
  }
}

/// Returns the options in their normal form: origins as browsers write them, URLs without trailing slashes.
/// Throws `std::invalid_argument` with the option and the reason.
RequestAuthenticatorOptions checkedOptions(RequestAuthenticatorOptions options, const Instance& instance) {
  options.machineIssuer = checkedIssuers("machineIssuer", options.machineIssuer);
  readPasted(options);
  checkPublishableKey(options, instance);
  checkKindOf(options.secretKey, instance);
  checkApiKeys(options);
  options.apiUrl = checkedApiUrl(options.apiUrl);
  if (!options.publicOrigin.empty()) options.publicOrigin = checkedOrigin(options.publicOrigin);
  if (!options.domain.empty()) checkDomain(options.domain);
  if (!options.proxyUrl.empty()) options.proxyUrl = checkedProxyUrl(options.proxyUrl);
  if (!options.signInUrl.empty()) checkSignInUrl(options.signInUrl);
  if (options.isSatellite) checkSatellite(options, instance);
  return options;
}

std::string frontendHostOf(const RequestAuthenticatorOptions& options, const Instance& instance) {
  if (!instance) return {};
  const bool hasOwn = options.isSatellite && !options.domain.empty() && instance->kind == InstanceKind::production;
  return hasOwn ? "clerk." + options.domain : instance->frontendApi;
}

std::string frontendUrlOf(const RequestAuthenticatorOptions& options, const std::string& host) {
  if (!options.proxyUrl.empty()) return options.proxyUrl;
  return host.empty() ? std::string() : "https://" + host;
}

/// The checked options that an authenticator shares with a verifier. Pending sessions are handled later.
SessionVerifierOptions sessionOptionsOf(const RequestAuthenticatorOptions& options) {
  auto session = copySessionOptions<SessionVerifierOptions>(options);
  session.treatPendingAsSignedOut = false;
  return checkedVerifierOptions(std::move(session));
}

/// The accepted issuers, except a proxy that is a path of the application: its URL depends on the origin of each
/// request.
std::vector<std::string> issuersOf(const RequestAuthenticatorOptions& options, const AcceptedIssuers& given,
                                   const Instance& instance, const KeySource::State& keys,
                                   const std::string& frontendHost) {
  std::vector<std::string> issuers = chooseIssuers(given, instance, keys);
  if (!given.empty() || !instance) return issuers;
  if (frontendHost != instance->frontendApi) issuers.push_back("https://" + frontendHost);
  if (!options.proxyUrl.empty() && options.proxyUrl.front() != '/') issuers.push_back(options.proxyUrl);
  return issuers;
}

/// For development, where the clock may be wrong by a day.
SessionVerifierOptions clockTolerant(SessionVerifierOptions options) {
  options.clockSkew = std::chrono::hours(24);
  return options;
}

ClaimsValidator machineValidator(const SessionVerifierOptions& given, const AcceptedIssuers& issuers) {
  SessionVerifierOptions options = given;
  options.authorizedParties.clear();
  return ClaimsValidator(options, issuers.values());
}

}  // namespace

RequestSetup::RequestSetup(const KeySource::State& keys, const RequestAuthenticatorOptions& given,
                           std::shared_ptr<http::Transport> givenTransport)
    : sessionOptions(sessionOptionsOf(given)),
      options(checkedOptions(given, readInstance(given.publishableKey))),
      instance(readInstance(options.publishableKey)),
      frontendHost(frontendHostOf(options, instance)),
      frontendUrl(frontendUrlOf(options, frontendHost)),
      acceptedIssuers(issuersOf(options, sessionOptions.issuer, instance, keys, frontendHost)),
      verifier(keys, sessionOptions),
      sessionClaims(sessionOptions, acceptedIssuers),
      clockTolerantClaims(clockTolerant(sessionOptions), acceptedIssuers),
      machineClaims(machineValidator(sessionOptions, options.machineIssuer)),
      transport(std::move(givenTransport)),
      opaqueTokens(options, transport, verifier.events()),
      handshakeOutage(
          std::make_unique<logging::OutageLog>(options.log, "handshakes can be resolved again", options.clock)),
      handshakeRefusals(std::make_unique<logging::OutageLog>(options.log, "a handshake was accepted", options.clock)),
      unexpectedError(signedOut({"unexpected-error", {}, errors::internal()})) {}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
