/// Pages and an API for users who are signed in with Clerk, and a public front page.
#include <httplib.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/sdk.hpp>

#include "common/clerk_keys_check.hpp"
#include "common/clerk_sources.hpp"
#include "common/content_security_policy.hpp"
#include "common/program.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "common/static_files.hpp"
#include "local_clerk/local_clerk.hpp"
#include "local_clerk/routes.hpp"
#include "site.hpp"

namespace guarded_site {
namespace {

constexpr const char* programName = "guarded_site";

std::string contentSecurityPolicy(const examples::SiteConfig& config) {
  const examples::ClerkSources clerk = examples::clerkSources(config.clerk, config.publicOrigin);
  return examples::contentSecurityPolicy({{"worker-src", {clerk.worker}},
                                          {"connect-src", {"'self'", clerk.connect}},
                                          {"style-src", {"'self'"}},
                                          {"img-src", {"'self'", clerk.image}}});
}

std::map<std::string, File> readFiles() {
  std::map<std::string, File> files;
  for (auto& [path, file] : examples::readStaticFiles(EXAMPLE_PAGE)) files[path] = {file.contentType, file.body};
  return files;
}

/// The local Clerk of --demo.
struct Demo {
  local_clerk::LocalClerk clerk;
  local_clerk::Routes routes;

  Demo(examples::Server& server, const std::string& publicOrigin)
      : clerk("guarded-site", publicOrigin, local_clerk::settingsFromEnvironment()), routes(server, clerk) {}
};

/// `site` and `demo`, which may be null, must outlive the server.
void addSite(httplib::Server& server, const Site& site, const Demo* demo, const std::string& policy) {
  server.set_default_headers(
      {{"Content-Security-Policy", policy}, {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}});
  server.set_pre_routing_handler([&site, demo](const httplib::Request& request, httplib::Response& response) {
    if (demo != nullptr) {
      if (const auto handled = demo->routes.handle(request, response)) return *handled;
    }
    site.respond(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
}

void run(bool isDemo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::SiteConfig config = examples::siteFromEnvironment(isDemo);
  const liveblocks::Log log = examples::logOf(programName);
  if (!isDemo) {
    examples::requireInstance(config.clerk);
    examples::checkClerkKeys(config.clerk, log);
  }
  examples::Server server(programName);
  const std::string url = examples::bind(server, config);

  std::optional<Demo> demo;
  if (isDemo) {
    config.clerk = demo.emplace(server, config.publicOrigin).clerk.config();
    examples::announceDemo();
  }
  const Site site(examples::makeClient(config, log), config.clerk.options, readFiles());
  addSite(server, site, demo ? &*demo : nullptr, contentSecurityPolicy(config));
  examples::serve(server, stopSignals, url, config.publicOrigin);
}

}  // namespace
}  // namespace guarded_site

int main(int count, char** arguments) {
  return examples::runProgram(guarded_site::programName, count, arguments, guarded_site::run);
}
