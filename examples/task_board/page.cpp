#include "page.hpp"

#include <nlohmann/json.hpp>

#include "common/clerk_sources.hpp"
#include "common/content_security_policy.hpp"

namespace task_board {
namespace {

using nlohmann::json;

constexpr const char* liveblocksUrl = "https://api.liveblocks.io";

void addIfKnown(json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

std::string originOf(const std::string& url) { return url.substr(0, url.find('/', url.find("://") + 3)); }

/// Users have pictures if they are looked up, or if they signed in with the page.
std::string pictures(const examples::ClerkConfig& clerk) {
  return clerk.options.publishableKey.empty() && clerk.options.secretKey.empty() ? "" : clerk.imageOrigin;
}

}  // namespace

std::string pageConfig(const Config& config) {
  const liveblocks::clerk::ClientOptions& clerk = config.site.clerk.options;
  json page = json::object();
  addIfKnown(page, "publishableKey", clerk.publishableKey);
  if (!clerk.publishableKey.empty()) {
    addIfKnown(page, "proxyUrl", clerk.proxyUrl);
    addIfKnown(page, "signInUrl", clerk.signInUrl);
  }
  addIfKnown(page, "baseUrl", config.liveblocksBaseUrl);
  return page.dump();
}

std::string contentSecurityPolicy(const Config& config) {
  const examples::ClerkSources clerk = examples::clerkSources(config.site.clerk, config.site.publicOrigin);
  const std::string liveblocks = originOf(config.liveblocksBaseUrl.empty() ? liveblocksUrl : config.liveblocksBaseUrl);
  const std::string rooms = "ws" + liveblocks.substr(4);
  return examples::contentSecurityPolicy({{"worker-src", {clerk.worker}},
                                          {"style-src", {"'self'"}},
                                          {"img-src", {"'self'", pictures(config.site.clerk)}},
                                          {"connect-src", {"'self'", clerk.connect, liveblocks, rooms}}});
}

}  // namespace task_board
