#include "page.hpp"

#include <nlohmann/json.hpp>

#include "common/clerk_sources.hpp"

namespace task_board {
namespace {

using nlohmann::json;

constexpr const char* liveblocksUrl = "https://api.liveblocks.io";

void addIfKnown(json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

std::string originOf(const std::string& url) { return url.substr(0, url.find('/', url.find("://") + 3)); }

/// Rooms are WebSockets, which are of another scheme.
std::string liveblocksSources(const std::string& baseUrl) {
  const std::string origin = originOf(baseUrl.empty() ? liveblocksUrl : baseUrl);
  return origin + " ws" + origin.substr(4);
}

/// People have pictures where they are looked up, and where they have signed in by the page.
std::string pictures(const examples::ClerkConfig& clerk) {
  return clerk.publishableKey.empty() && clerk.secretKey.empty() ? "" : clerk.imageOrigin;
}

std::string directive(const std::string& name, const std::string& sources, const std::string& more = {}) {
  return name + " " + sources + (more.empty() ? "" : " " + more) + "; ";
}

}  // namespace

std::string pageConfig(const Config& config) {
  const examples::ClerkConfig& clerk = config.site.clerk;
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
  std::string policy = directive("default-src", "'none'") + directive("script-src", "'self'");
  if (!clerk.worker.empty()) policy += directive("worker-src", clerk.worker);
  policy += directive("style-src", "'self'") + directive("img-src", "'self'", pictures(config.site.clerk)) +
            directive("connect-src", "'self'" + (clerk.connect.empty() ? "" : " " + clerk.connect),
                      liveblocksSources(config.liveblocksBaseUrl));
  return policy + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace task_board
