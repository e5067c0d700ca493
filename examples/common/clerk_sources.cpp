#include "common/clerk_sources.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "common/base64.hpp"

namespace examples {
namespace {

/// A semicolon or a comma in a source would end the policy.
bool isOfHosts(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-.:[]").find(c) != std::string_view::npos;
}

std::string checkedHost(std::string_view host, const char* variable) {
  if (!host.empty() && std::all_of(host.begin(), host.end(), isOfHosts)) return std::string(host);
  throw std::invalid_argument(std::string(variable) + " contains no valid host");
}

std::string originOf(std::string_view url) {
  const bool isPlain = url.substr(0, 7) == "http://";
  if (!isPlain && url.substr(0, 8) != "https://") {
    throw std::invalid_argument("CLERK_PROXY_URL is neither a path of the site nor a URL");
  }
  const std::size_t host = isPlain ? 7 : 8;
  const std::size_t end = std::min(url.find('/', host), url.size());
  return std::string(url.substr(0, host)) + checkedHost(url.substr(host, end - host), "CLERK_PROXY_URL");
}

std::string frontendApiOrigin(const ClerkConfig& config, const std::string& publicOrigin) {
  if (config.options.proxyUrl.empty()) return frontendApiUrl(config.options.publishableKey);
  return config.options.proxyUrl.front() == '/' ? publicOrigin : originOf(config.options.proxyUrl);
}

}  // namespace

ClerkSources clerkSources(const ClerkConfig& config, const std::string& publicOrigin) {
  if (config.options.publishableKey.empty()) return {};
  const std::string frontendApi = frontendApiOrigin(config, publicOrigin);
  return {frontendApi == publicOrigin ? "" : frontendApi, config.imageOrigin, "blob:"};
}

std::string frontendApiUrl(const std::string& publishableKey) {
  // `pk_live_` or `pk_test_`, followed by the host and a `$` in base64.
  const std::string content = decodedBase64(std::string_view(publishableKey).substr(publishableKey.rfind('_') + 1));
  return "https://" + checkedHost(std::string_view(content).substr(0, content.find('$')), "CLERK_PUBLISHABLE_KEY");
}

}  // namespace examples
