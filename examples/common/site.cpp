#include "common/site.hpp"

#include <charconv>
#include <cstddef>
#include <iostream>
#include <stdexcept>

#include "common/environment.hpp"

namespace examples {
namespace {

int portFrom(const std::string& text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 0 || port > 65535) {
    throw std::invalid_argument("PORT must be a number from 0 to 65535");
  }
  return port;
}

void requireLoopback(const std::string& host) {
  if (host == "127.0.0.1" || host == "::1" || host == "localhost") return;
  throw std::invalid_argument("a demo signs anybody in, so HOST must be loopback: 127.0.0.1, ::1 or localhost");
}

/// The messages of the library would name its own options.
void requireOrigin(const std::string& text) {
  const std::size_t scheme = text.find("://");
  if (scheme != std::string::npos && text.find('/', scheme + 3) == std::string::npos) return;
  throw std::invalid_argument(
      "PUBLIC_ORIGIN must be an origin, such as https://app.example.com, without a path or a slash at its end");
}

ClerkConfig clerkFromEnvironment() {
  ClerkConfig config;
  config.options.publishableKey = pastedVariable("CLERK_PUBLISHABLE_KEY");
  config.options.secretKey = pastedVariable("CLERK_SECRET_KEY");
  config.options.jwtKey = variable("CLERK_JWT_KEY");
  config.options.apiUrl = pastedVariable("CLERK_API_URL", "https://api.clerk.com");
  config.options.signInUrl = pastedVariable("CLERK_SIGN_IN_URL");
  config.options.proxyUrl = pastedVariable("CLERK_PROXY_URL");
  // The library splits lists at commas, and rejects one without an origin, which would mean everybody.
  const std::string parties = variable("CLERK_AUTHORIZED_PARTIES");
  if (!parties.empty()) config.options.authorizedParties = {parties};
  config.transport = liveblocks::http::defaultTransport();
  return config;
}

}  // namespace

SiteConfig siteFromEnvironment(bool demo) {
  SiteConfig config;
  config.host = variable("HOST", "127.0.0.1");
  config.port = portFrom(variable("PORT", "0"));
  if (demo) {
    requireLoopback(config.host);
    return config;
  }
  config.publicOrigin = pastedVariable("PUBLIC_ORIGIN");
  if (!config.publicOrigin.empty()) requireOrigin(config.publicOrigin);
  config.clerk = clerkFromEnvironment();
  return config;
}

void requireInstance(const ClerkConfig& config) {
  if (!config.options.publishableKey.empty() && !config.options.secretKey.empty()) return;
  throw std::invalid_argument(
      "no Clerk instance is configured: set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY, or start with --demo for a "
      "local one");
}

liveblocks::clerk::Client makeClient(const SiteConfig& config, const liveblocks::Log& log) {
  liveblocks::clerk::ClientOptions options = config.clerk.options;
  options.publicOrigin = config.publicOrigin;
  if (options.authorizedParties.empty()) options.authorizedParties = {config.publicOrigin};
  options.log = log;
  return liveblocks::clerk::Client(options, config.clerk.transport);
}

void serve(Server& server, const sigset_t& stopSignals, const std::string& url, const std::string& publicOrigin) {
  const bool isSeenElsewhere = !publicOrigin.empty() && publicOrigin != url;
  const std::string open = isSeenElsewhere ? "\nopen: " + publicOrigin : "";
  server.serve(stopSignals, [&] { std::cout << ("ready: " + url + open) << std::endl; });
}

std::string bind(Server& server, SiteConfig& config) {
  const bool isV6 = config.host.find(':') != std::string::npos;
  const std::string port = std::to_string(server.bind(config.host, config.port));
  std::string url = "http://" + (isV6 ? "[" + config.host + "]" : config.host) + ":" + port;
  if (config.publicOrigin.empty()) config.publicOrigin = url;
  return url;
}

}  // namespace examples
