/// Tells nginx which requests may pass: its `auth_request` module asks this program, which guards any server behind
/// nginx.
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/adapters/asio.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/sdk.hpp>

#include "beast_server/server.hpp"
#include "beast_server/service.hpp"
#include "common/clerk_keys_check.hpp"
#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/site.hpp"
#include "gate.hpp"

namespace auth_request {
namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;

constexpr const char* programName = "auth_request";
constexpr std::chrono::seconds grace{5};

/// Patterns may contain commas, but no white space.
std::vector<std::string> listFromEnvironment(const char* name, const char* fallback) {
  std::istringstream text(examples::variable(name, fallback));
  std::vector<std::string> list;
  for (std::string entry; text >> entry;) list.push_back(entry);
  return list;
}

bool flagFromEnvironment(const char* name) {
  const std::string text = examples::variable(name, "false");
  if (text == "true" || text == "false") return text == "true";
  throw std::invalid_argument(std::string(name) + " must be true or false");
}

clerk::RouteGuardOptions routesFromEnvironment() {
  clerk::RouteGuardOptions options;
  options.publicRoutes = listFromEnvironment("PUBLIC_ROUTES", "");
  options.apiRoutes = listFromEnvironment("API_ROUTES", "/api(.*) /trpc(.*)");
  options.hideProtected = flagFromEnvironment("HIDE_PROTECTED");
  return options;
}

examples::SiteConfig configFromEnvironment(const liveblocks::Log& log) {
  examples::SiteConfig config = examples::siteFromEnvironment(false);
  if (config.publicOrigin.empty()) {
    throw std::invalid_argument("PUBLIC_ORIGIN must be set: the origin that nginx serves, as browsers see it");
  }
  if (config.clerk.options.publishableKey.empty() || config.clerk.options.secretKey.empty()) {
    throw std::invalid_argument("no Clerk instance is configured: set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY");
  }
  examples::checkClerkKeys(config.clerk, log);
  return config;
}

clerk::RouteGuard makeGuard(const examples::SiteConfig& config, const liveblocks::Log& log) {
  const clerk::Client client = examples::makeClient(config, log);
  return client.routeGuard(routesFromEnvironment());
}

void run() {
  const liveblocks::Log log = examples::logOf(programName);
  examples::SiteConfig config = configFromEnvironment(log);

  boost::asio::io_context context{1};
  const auto transport =
      std::make_shared<http::StoppableTransport>(http::makeCurlTransport({}, liveblocks::adapters::makeLoop(context)));
  config.clerk.transport = transport;
  const Gate gate(makeGuard(config, log), log);

  beast_server::Server server(context, beast_server::addressFromEnvironment(),
                              {[](std::string_view) { return 0; },
                               [&gate](http::ReceivedRequest subrequest, liveblocks::Callback<http::Response> respond) {
                                 gate.handle(std::move(subrequest), std::move(respond));
                               }});
  const beast_server::Stopping stopping(context, server, transport, grace);
  std::cout << "ready: " << beast_server::urlOf(server.address()) << std::endl;
  context.run();
}

}  // namespace
}  // namespace auth_request

int main() { return examples::runProgram(auth_request::programName, auth_request::run); }
