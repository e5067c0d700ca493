#include "common/clerk.hpp"

#include <stdexcept>

#include "common/clerk_sources.hpp"
#include "common/environment.hpp"

namespace examples {

namespace clerk = liveblocks::clerk;

ClerkConfig clerkFromEnvironment() {
  ClerkConfig config;
  config.publishableKey = pastedVariable("CLERK_PUBLISHABLE_KEY");
  config.secretKey = pastedVariable("CLERK_SECRET_KEY");
  config.jwtKey = variable("CLERK_JWT_KEY");
  config.apiUrl = pastedVariable("CLERK_API_URL", "https://api.clerk.com");
  config.signInUrl = pastedVariable("CLERK_SIGN_IN_URL");
  config.proxyUrl = pastedVariable("CLERK_PROXY_URL");
  // The library takes lists with commas apart, and refuses one without any origin, which would mean everybody.
  const std::string parties = variable("CLERK_AUTHORIZED_PARTIES");
  if (!parties.empty()) config.authorizedParties = {parties};
  config.transport = liveblocks::http::defaultTransport();
  return config;
}

void requireInstance(const ClerkConfig& config) {
  if (!config.publishableKey.empty() && !config.secretKey.empty()) return;
  throw std::invalid_argument(
      "no Clerk instance is configured: set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY, or start with --demo for a "
      "local one");
}

clerk::KeySource keySource(const ClerkConfig& config) {
  if (!config.jwtKey.empty()) return clerk::KeySource::pem(config.jwtKey);
  if (!config.secretKey.empty()) {
    return clerk::KeySource::backendApi(config.secretKey, config.apiUrl, config.transport);
  }
  return clerk::KeySource::frontendApi(config.publishableKey, config.transport);
}

clerk::AcceptedIssuers issuers(const ClerkConfig& config, const std::string& publicOrigin) {
  if (config.publishableKey.empty() || config.proxyUrl.empty()) return {};
  const std::string proxy = (config.proxyUrl.front() == '/' ? publicOrigin : "") + config.proxyUrl;
  if (proxy.rfind("https://", 0) != 0) return {};
  return {frontendApiUrl(config.publishableKey), proxy.substr(0, proxy.find_last_not_of('/') + 1)};
}

clerk::RequestAuthenticator makeAuthenticator(const ClerkConfig& config, const std::string& publicOrigin,
                                              const liveblocks::Log& log) {
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = config.publishableKey;
  options.secretKey = config.secretKey;
  options.apiUrl = config.apiUrl;
  options.publicOrigin = publicOrigin;
  options.signInUrl = config.signInUrl;
  options.proxyUrl = config.proxyUrl;
  options.authorizedParties = config.authorizedParties;
  options.issuer = issuers(config, publicOrigin);
  options.log = log;
  return clerk::RequestAuthenticator(keySource(config), options, config.transport);
}

clerk::Users makeUsers(const ClerkConfig& config, const liveblocks::Log& log) {
  clerk::UsersOptions options;
  options.secretKey = config.secretKey;
  options.apiUrl = config.apiUrl;
  options.log = log;
  return clerk::Users(options, config.transport);
}

}  // namespace examples
