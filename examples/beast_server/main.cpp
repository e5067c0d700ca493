/// A server for thousands of connections on one thread: Boost.Beast and Asio, with asynchronous calls.
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/asio.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/sdk.hpp>

#include "common/environment.hpp"
#include "common/program.hpp"
#include "routes.hpp"
#include "server.hpp"
#include "service.hpp"

namespace beast_server {
namespace {

namespace net = boost::asio;
namespace http = liveblocks::http;
using examples::pastedVariable;
using examples::variable;

constexpr const char* programName = "beast_server";
/// About as many as there are calls in flight at busy times; opening one takes longer than a request.
constexpr std::size_t keptConnections = 256;

Config configFromEnvironment(const liveblocks::Log& log, const std::string& url) {
  Config config;
  config.liveblocks.secret = pastedVariable("LIVEBLOCKS_SECRET_KEY");
  config.liveblocks.baseUrl = pastedVariable("LIVEBLOCKS_BASE_URL", config.liveblocks.baseUrl.c_str());
  config.liveblocks.log = log;
  config.clerk.publishableKey = pastedVariable("CLERK_PUBLISHABLE_KEY");
  config.clerk.secretKey = pastedVariable("CLERK_SECRET_KEY");
  config.clerk.jwtKey = variable("CLERK_JWT_KEY");
  config.clerk.apiUrl = pastedVariable("CLERK_API_URL", config.clerk.apiUrl.c_str());
  config.clerk.publicOrigin = pastedVariable("PUBLIC_ORIGIN", url.c_str());
  config.clerk.authorizedParties = {config.clerk.publicOrigin};
  config.clerk.tokenCache.capacity = numberFromEnvironment("TOKEN_CACHE_CAPACITY", "0");
  config.clerk.log = log;
  config.ablyKey = pastedVariable("ABLY_API_KEY");
  config.webhookSecret = pastedVariable("LIVEBLOCKS_WEBHOOK_SECRET");
  return config;
}

void run() {
  const liveblocks::Log log = examples::logOf(programName);
  net::io_context context{1};
  http::CurlTransportOptions options;
  options.maxIdleConnections = keptConnections;
  const auto transport = std::make_shared<http::StoppableTransport>(
      http::makeCurlTransport(options, liveblocks::adapters::makeLoop(context)));

  std::unique_ptr<Routes> routes;
  Server server(context, addressFromEnvironment(),
                {[&](std::string_view target) { return routes->maxBody(target); },
                 [&](http::ReceivedRequest request, Routes::Respond respond) {
                   routes->handle(std::move(request), std::move(respond));
                 }});
  const std::string url = urlOf(server.address());
  routes = std::make_unique<Routes>(configFromEnvironment(log, url), transport);
  const Stopping stopping(context, server, transport,
                          std::chrono::seconds(numberFromEnvironment("GRACE_SECONDS", "5")));
  std::cout << "ready: " << url << std::endl;
  // Returns when nothing is left to wait for: all connections are closed, and all calls have ended.
  context.run();
}

}  // namespace
}  // namespace beast_server

int main() { return examples::runProgram(beast_server::programName, beast_server::run); }
